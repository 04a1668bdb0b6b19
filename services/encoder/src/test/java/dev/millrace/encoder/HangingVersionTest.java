package dev.millrace.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.encoder.request.EmbeddingsAnswer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model whose native code does not come back, while it serves or before. */
final class HangingVersionTest {
    private static final String REFUSED = "millrace.encoder.refused.versions";
    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final int ENOUGH = 400;

    @TempDir
    private Path cache;

    private Rig rig;

    @BeforeEach
    void start() throws Exception {
        rig = new Rig(cache, Rig.QUEUE, Duration.ofSeconds(30));
    }

    @AfterEach
    void end() throws Exception {
        rig.close();
    }

    @Test
    void aVersionThatHangsInAPassIsRolledBack() {
        // Given
        final String good = rig.serve("good");
        rig.load(ENOUGH);
        final String hanging = rig.serve("hanging");
        final CompletableFuture<EmbeddingsAnswer> lost = rig.ask(FakeModels.FAILING);
        Await.until(rig.models::hangs);

        // When
        lookEvery(Duration.ofSeconds(5), 7);

        // Then
        assertThat(rig.store.channel(Rig.CHANNEL).flatMap(Pointer::hold))
                .contains(hanging + " has not ended a pass within 30 s, measured against " + good);
        assertThat(lost).isNotDone();
        assertThat(rig.ask("x").join().version().version()).isEqualTo(good);
    }

    @Test
    void aProcessThatWasStoppedForAnHourHasNoModelThatHangs() {
        // Given a pass that was under way when it was stopped
        rig.serve("good");
        rig.load(ENOUGH);
        final String next = rig.serve("hanging");
        final CompletableFuture<EmbeddingsAnswer> late = rig.ask(FakeModels.FAILING);
        Await.until(rig.models::hangs);
        rig.follower.check();

        // When
        lookEvery(Duration.ofHours(1), 1);
        rig.models.free();
        late.join();

        // Then
        assertThat(served()).isEqualTo(next);
    }

    @Test
    void aVersionThatNeverEncodesIsRefusedAndTriedAgainOnlyWhenItHasEnded() {
        // Given
        final String good = rig.serve("good");
        rig.publisher.move(Rig.CHANNEL, "stuck");
        rig.follower.check();

        // When
        rig.pass(RETRY);
        rig.follower.check();

        // Then nothing is loaded twice while the first try lies in memory
        assertThat(rig.count(REFUSED, "fault", "hung")).isEqualTo(1);
        assertThat(rig.models.open.get()).isEqualTo(2);
        assertThat(rig.served.info().orElseThrow().version()).isEqualTo(good);
        rig.models.free();
        Await.until(() -> rig.models.open.get() == 1);
        rig.follower.check();
        assertThat(rig.served.info().orElseThrow().version()).isNotEqualTo(good);
    }

    @Test
    void aModelThatHangsWithoutAPredecessorIsFoundAfterTheLimitAndOnlyThen() {
        // Given
        final Duration limit = Duration.ofMinutes(2);
        final String hanging = rig.serve("hanging");
        final CompletableFuture<EmbeddingsAnswer> lost = rig.ask(FakeModels.FAILING);
        Await.until(rig.models::hangs);
        rig.models.walk(limit);
        final boolean stalledAtTheLimit = rig.catalog.stall(limit).isPresent();

        // When
        rig.models.walk(Duration.ofSeconds(1));

        // Then
        assertThat(stalledAtTheLimit).isFalse();
        assertThat(rig.catalog.stall(limit)).contains(hanging + " has been in one pass for 121 s");
        rig.models.free();
        lost.join();
        assertThat(rig.catalog.stall(limit)).isEmpty();
    }

    @Test
    void aModelThatHangsOnThePlainWordThatIsTriedAfterAFailureIsFound() {
        // Given
        final Duration limit = Duration.ofMinutes(2);
        final String wedging = rig.serve("wedging");
        final CompletableFuture<EmbeddingsAnswer> lost = rig.ask(FakeModels.FAILING);
        Await.until(rig.models::hangs);

        // When
        rig.models.walk(limit.plusSeconds(1));

        // Then
        assertThat(rig.catalog.stall(limit).orElse("none")).startsWith(wedging);
        assertThat(lost).isNotDone();
    }

    @Test
    void aPinnedVersionThatHangsIsFound() {
        // Given
        final Duration limit = Duration.ofMinutes(2);
        final String hanging = rig.serve("hanging");
        rig.serve("good");
        final CompletableFuture<EmbeddingsAnswer> lost = rig.ask(Optional.of(hanging), List.of(FakeModels.FAILING));
        Await.until(rig.models::hangs);

        // When
        rig.models.walk(limit.plusSeconds(1));

        // Then
        assertThat(rig.catalog.stall(limit).orElse("none")).startsWith(hanging);
        assertThat(lost).isNotDone();
    }

    private void lookEvery(Duration pause, int times) {
        for (int i = 0; i < times; i++) {
            rig.pass(pause);
            rig.follower.check();
        }
    }

    private String served() {
        return rig.served.info().orElseThrow().version();
    }
}
