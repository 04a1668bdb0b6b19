package dev.millrace.trainer.loop;

import static dev.millrace.trainer.loop.LoopRig.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.pointer.Pointer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loop that cannot begin tries again after a while. */
class TrainerWaitTest {
    @TempDir
    Path folder;

    private LoopRig rig;

    @BeforeEach
    void open() {
        rig = new LoopRig(folder);
    }

    @AfterEach
    void stop() throws InterruptedException {
        rig.stop();
    }

    @Test
    void withoutAHeadAndABaseModelItSaysSoAndWaits() {
        // When
        rig.start(Optional.empty());

        // Then
        await(() -> rig.status.failure().isPresent());
        assertThat(rig.status.failure().orElseThrow()).contains("millrace.trainer.base-model");
        assertThat(rig.status.version()).isEmpty();
        assertThat(rig.runs()).isTrue();
    }

    @Test
    void aStopEndsTheWaitAfterAFailure() throws InterruptedException {
        // Given waits of 0.5, 1, 2 .. seconds, the fourth of which takes 4
        rig.start(Optional.empty());
        await(() -> rig.counted("millrace.trainer.failures") == 4);

        // When
        rig.stop(Duration.ofSeconds(2));

        // Then
        assertThat(rig.runs()).isFalse();
        assertThat(rig.counted("millrace.trainer.failures")).isEqualTo(4);
    }

    @Test
    void aHeadThatAppearsWhileItWaitsIsTakenUp() {
        // Given
        rig.start(Optional.empty());
        await(() -> rig.status.failure().isPresent());

        // When
        rig.workshop.beginning(2).begin();

        // Then
        await(() -> rig.status.version().isPresent());
        assertThat(rig.status.failure()).isEmpty();
        assertThat(rig.status.version()).isEqualTo(rig.store.head().map(Pointer::version));
    }

    @Test
    void aLoopThatWaitsForPairsGoesOnBeating() {
        // Given
        rig.start(Optional.of(rig.workshop.baseModel()));
        await(() -> rig.status.version().isPresent());

        // When
        rig.clock.advance(LoopRig.STALL.plusSeconds(1));

        // Then
        await(() -> rig.status.pulse().missed().isEmpty());
    }

    @Test
    void aLoopThatHangsInACallIsSeenAfterTheLimit() {
        // Given
        CompletableFuture<Void> hangs = new CompletableFuture<>();
        CompletableFuture<Void> over = new CompletableFuture<>();
        rig.topic.schedulePollTask(() -> {
            hangs.complete(null);
            over.join();
        });
        rig.start(Optional.of(rig.workshop.baseModel()));
        hangs.join();

        // When
        rig.clock.advance(LoopRig.STALL.plusSeconds(1));

        // Then
        Optional<Duration> missed = rig.status.pulse().missed();
        over.complete(null);
        assertThat(missed).contains(LoopRig.STALL.plusSeconds(1));
    }
}
