package dev.millrace.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.bucket.BucketAccessDeniedException;
import dev.millrace.checkpoints.bucket.BucketUnavailableException;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class BucketOutageTest {
    private static final int LOOKS = 100;
    private static final int LOOKS_UNTIL_RECOVERED = 8;

    @TempDir
    private Path cache;

    private final RefusingBucket bucket = new RefusingBucket(new InMemoryBucket(Clock.systemUTC()));
    private Rig rig;

    static Stream<RuntimeException> outages() {
        return Stream.of(
                new BucketUnavailableException("stable.json: connection refused"),
                new BucketAccessDeniedException("stable.json: 403 ExpiredToken", new IOException("403")));
    }

    @BeforeEach
    void start() throws Exception {
        rig = new Rig(cache, Rig.QUEUE, Duration.ofSeconds(30), bucket);
    }

    @AfterEach
    void end() throws Exception {
        rig.close();
    }

    @ParameterizedTest
    @MethodSource("outages")
    void aBucketThatFailsAtTheStartIsWaitedFor(RuntimeException outage) {
        // Given
        rig.publisher.move(Rig.CHANNEL, "good");
        bucket.failReads(outage);
        look(LOOKS);
        final String trouble = rig.follower.trouble().orElse("");
        bucket.recover();

        // When
        look(LOOKS_UNTIL_RECOVERED);

        // Then
        assertThat(trouble).contains(outage.getMessage());
        assertThat(rig.served.info()).isPresent();
        assertThat(rig.follower.trouble()).isEmpty();
        assertThat(rig.registry.get("millrace.encoder.fetch.failures").counter().count())
                .isPositive();
    }

    @ParameterizedTest
    @MethodSource("outages")
    void aBucketThatFailsLaterIsAskedLessAndLessWhileTheVersionServes(RuntimeException outage) throws Exception {
        // Given
        final String good = rig.serve("good");
        final String next = rig.publisher.move(Rig.CHANNEL, "next");
        bucket.failReads(outage);
        bucket.reads.set(0);

        // When
        look(LOOKS);

        // Then
        assertThat(bucket.reads.get()).isBetween(LOOKS / 8, LOOKS / 8 + 4);
        assertThat(rig.ask("x").get(30, TimeUnit.SECONDS).version().version()).isEqualTo(good);
        bucket.recover();
        look(LOOKS_UNTIL_RECOVERED);
        assertThat(rig.served.info().orElseThrow().version()).isEqualTo(next);
    }

    @Test
    void aBucketThatFailsInTheMiddleOfADownloadIsAskedAgainForTheSameVersion() {
        // Given
        rig.serve("good");
        final String next = rig.publisher.move(Rig.CHANNEL, "next");
        bucket.afterNextGetOf(
                "versions/" + next + "/manifest.json",
                () -> bucket.failReads(new BucketUnavailableException("broke off")));
        rig.follower.check();
        final String trouble = rig.follower.trouble().orElse("");
        bucket.recover();
        rig.pass(Duration.ofSeconds(2));

        // When
        rig.follower.check();

        // Then
        assertThat(trouble).contains(next, "broke off");
        assertThat(rig.served.info().orElseThrow().version()).isEqualTo(next);
        assertThat(rig.follower.trouble()).isEmpty();
    }

    @Test
    void aBucketThatIsSlowHoldsNoRequestUp() throws Exception {
        // Given
        final String good = rig.serve("good");
        rig.publisher.move(Rig.CHANNEL, "next");
        bucket.hold();
        final Thread looking = new Thread(rig.follower::check);
        looking.start();
        Await.until(() -> looking.getState() == Thread.State.WAITING);

        // When
        final String answeredBy =
                rig.ask("x").get(30, TimeUnit.SECONDS).version().version();

        // Then
        assertThat(looking.isAlive()).isTrue();
        assertThat(answeredBy).isEqualTo(good);
        bucket.answer();
        looking.join();
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            rig.follower.check();
        }
    }
}
