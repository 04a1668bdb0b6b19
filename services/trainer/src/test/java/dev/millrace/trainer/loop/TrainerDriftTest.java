package dev.millrace.trainer.loop;

import static dev.millrace.trainer.loop.LoopRig.WINDOW;
import static dev.millrace.trainer.loop.LoopRig.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.trainer.testing.Configs;
import dev.millrace.trainer.testing.Pairs;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drift is measured from what is served, whoever promoted it. */
class TrainerDriftTest {
    @TempDir
    Path folder;

    private LoopRig rig;

    @BeforeEach
    void open() {
        rig = new LoopRig(folder);
        rig.learners = version -> rig.workshop.learner(version, Configs.gate("drift", "0"));
    }

    @AfterEach
    void stop() throws InterruptedException {
        rig.stop();
    }

    @Test
    void aPromotionByHandIsWhatLaterVersionsAreComparedWith() {
        // Given a gate that trusts nothing that moves at all
        learn(0, 6);
        Manifest moved = rig.head();
        Channel stable = new Channel(rig.store, "stable");
        String served = stable.pointer().map(Pointer::version).orElseThrow();

        // When
        stable.promote(moved.version());

        // Then
        learn(6, 7);
        assertThat(served).startsWith("v000000-");
        assertThat(drift(moved)).isPositive();
        assertThat(drift(rig.head())).isLessThan(drift(moved) / 2);
    }

    @Test
    void aVersionThatIsHeldIsWhatLaterVersionsAreComparedWith() {
        // Given a channel that a person rolled back and holds
        rig.learners = rig.workshop::learner;
        learn(0, 1);
        Channel stable = new Channel(rig.store, "stable");
        stable.pin(rig.head().version(), "index is being rebuilt");

        // When
        learn(1, 8);

        // Then
        double far = drift(rig.head());
        stable.promote(rig.head().version());
        learn(8, 9);
        assertThat(drift(rig.head())).isLessThan(far / 2);
    }

    private void learn(int from, int to) {
        if (!rig.runs()) {
            rig.start(Optional.of(rig.workshop.baseModel()));
        }
        rig.post(Pairs.lesson(from * WINDOW, to * WINDOW));
        await(() -> rig.counted("millrace.trainer.windows") == to);
    }

    private static double drift(Manifest version) {
        return version.decision().orElseThrow().bounds().get("drift").figure();
    }
}
