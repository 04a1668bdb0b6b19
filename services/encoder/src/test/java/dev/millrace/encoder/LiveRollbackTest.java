package dev.millrace.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.encoder.request.EmbeddingsAnswer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What encoders do with a version that serves worse than the one before it. */
final class LiveRollbackTest {
    private static final String ROLLBACKS = "millrace.encoder.rollbacks";
    private static final int ENOUGH = 400;
    private static final int BURST = 48;

    @TempDir
    private Path folder;

    private final RefusingBucket bucket = new RefusingBucket(new InMemoryBucket(Clock.systemUTC()));
    private Rig rig;

    @BeforeEach
    void start() throws Exception {
        rig = rig("one", bucket);
    }

    @AfterEach
    void end() throws Exception {
        rig.close();
    }

    @Test
    void aVersionThatFailsEveryTenthRequestIsRolledBackAndTheChannelHeld() {
        // Given
        final String good = rig.serve("good");
        rig.load(ENOUGH);
        final String failing = rig.serve("failing");
        rig.load(ENOUGH);

        // When
        rig.follower.check();

        // Then
        final Pointer channel = rig.store.channel(Rig.CHANNEL).orElseThrow();
        assertThat(channel.version()).isEqualTo(good);
        assertThat(channel.hold().orElseThrow())
                .isEqualTo(failing + " fails 10.0% of requests instead of 0.0%, measured against " + good);
        assertThat(served(rig)).isEqualTo(good);
        assertThat(rig.count(ROLLBACKS, "outcome", "done")).isEqualTo(1);
    }

    @Test
    void aVersionThatTakesThreeTimesAsLongIsRolledBack() {
        // Given
        final String good = rig.serve("good");
        rig.load(ENOUGH);
        rig.serve("slow");
        rig.load(ENOUGH);

        // When
        rig.follower.check();

        // Then
        assertThat(served(rig)).isEqualTo(good);
        assertThat(rig.store.channel(Rig.CHANNEL).flatMap(Pointer::hold).orElseThrow())
                .contains("takes 3.0 times as long a token");
    }

    @Test
    void aVersionThatDoesAsWellStays() {
        // Given
        rig.serve("good");
        rig.load(ENOUGH);
        final String next = rig.serve("as good");
        rig.load(ENOUGH);

        // When
        rig.follower.check();

        // Then
        assertThat(served(rig)).isEqualTo(next);
        assertThat(rig.store.channel(Rig.CHANNEL).orElseThrow().hold()).isEmpty();
    }

    @Test
    void anOverloadedEncoderDoesNotBlameTheVersion() {
        // Given a queue that is full again and again, so that most is refused
        rig.serve("good");
        rig.load(ENOUGH);
        final String next = rig.serve("as good");
        int refused = 0;
        for (int burst = 0; burst < 40; burst++) {
            refused += overload(rig);
        }

        // When
        rig.follower.check();

        // Then
        assertThat(refused).isGreaterThan(200);
        assertThat(served(rig)).isEqualTo(next);
        assertThat(rig.served.errorRate()).isZero();
    }

    @Test
    void theFirstVersionIsNotRolledBackHoweverItDoes() {
        // Given
        final String only = rig.serve("failing");
        rig.load(ENOUGH);

        // When
        rig.follower.check();

        // Then
        assertThat(served(rig)).isEqualTo(only);
        assertThat(rig.watch.verdict()).isEmpty();
    }

    @Test
    void aVersionThatIsHeldStays() {
        // Given
        rig.serve("good");
        rig.load(ENOUGH);
        final String failing = rig.serve("failing");
        new Channel(rig.store, Rig.CHANNEL).hold("we know");
        rig.load(ENOUGH);

        // When
        rig.follower.check();

        // Then
        assertThat(served(rig)).isEqualTo(failing);
        assertThat(rig.store.channel(Rig.CHANNEL).flatMap(Pointer::hold)).contains("we know");
    }

    @Test
    void whatComesAfterTheTrialIsNoFaultOfThePromotion() {
        // Given
        rig.serve("good");
        rig.load(ENOUGH);
        final String failing = rig.serve("failing");
        rig.pass(Rig.BOUNDS.window());
        rig.load(ENOUGH);

        // When
        rig.follower.check();

        // Then
        assertThat(served(rig)).isEqualTo(failing);
    }

    @Test
    void aVersionReplacedBeforeItWasKnownIsNoMeasureForTheNext() {
        // Given
        final String good = rig.serve("good");
        rig.load(ENOUGH);
        rig.serve("failing at first");
        rig.load(10);
        rig.serve("failing too");
        rig.load(ENOUGH);

        // When
        rig.follower.check();

        // Then
        assertThat(served(rig)).isEqualTo(good);
    }

    @Test
    void ofTwoEncodersOneRollsBackAndTheOtherFollows() throws Exception {
        try (Rig other = rig("other", bucket)) {
            // Given both have looked at the channel when the first one moves it
            final String good = rig.serve("good");
            other.follower.check();
            rig.load(ENOUGH);
            other.load(ENOUGH);
            final String failing = rig.serve("failing");
            other.follower.check();
            rig.load(ENOUGH);
            other.load(ENOUGH);
            bucket.afterNextGetOf("channels/stable.json", rig.follower::check);

            // When
            other.follower.check();
            other.follower.check();

            // Then
            assertThat(List.of(served(rig), served(other))).containsOnly(good);
            assertThat(rig.count(ROLLBACKS, "outcome", "done")).isEqualTo(1);
            assertThat(other.count(ROLLBACKS, "outcome", "lost")).isEqualTo(1);
            assertThat(other.count(ROLLBACKS, "outcome", "done")).isZero();
            assertThat(rig.store.channel(Rig.CHANNEL).orElseThrow().past()).doesNotContain(failing);
        }
    }

    @Test
    void withCredentialsThatMayOnlyReadItSaysSoAndServesOnUntilItMay() {
        // Given
        final String good = rig.serve("good");
        rig.load(ENOUGH);
        final String failing = rig.serve("failing");
        rig.load(ENOUGH);
        bucket.refuseWrites(true);

        // When
        rig.follower.check();

        // Then
        assertThat(served(rig)).isEqualTo(failing);
        assertThat(rig.watch.verdict().orElseThrow()).startsWith(failing + " fails");
        assertThat(rig.count(ROLLBACKS, "outcome", "refused")).isEqualTo(1);
        bucket.refuseWrites(false);
        rig.follower.check();
        assertThat(served(rig)).isEqualTo(good);
        assertThat(rig.watch.verdict()).isEmpty();
    }

    private Rig rig(String name, Bucket shared) throws Exception {
        return new Rig(folder.resolve(name), Rig.QUEUE, Duration.ofSeconds(30), shared);
    }

    private static int overload(Rig rig) {
        rig.models.hold();
        final List<CompletableFuture<EmbeddingsAnswer>> burst = new ArrayList<>();
        for (int i = 0; i < BURST; i++) {
            burst.add(rig.ask("some text " + i));
        }
        rig.models.resume();
        burst.forEach(LiveRollbackTest::end);
        return (int) burst.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .count();
    }

    private static void end(CompletableFuture<EmbeddingsAnswer> answer) {
        answer.handle((done, failure) -> done).join();
    }

    private static String served(Rig rig) {
        return rig.served.info().orElseThrow().version();
    }
}
