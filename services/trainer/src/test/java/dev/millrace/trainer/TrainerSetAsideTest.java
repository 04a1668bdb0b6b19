package dev.millrace.trainer;

import static dev.millrace.trainer.LoopRig.WINDOW;
import static dev.millrace.trainer.LoopRig.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.events.record.DeadLetter;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.TinyModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that cannot be learned. */
class TrainerSetAsideTest {
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
    void aRecordThatIsNoPairIsSetAsideAndTheRestLearned() {
        // Given
        rig.topic.post(0, "no pair".getBytes(StandardCharsets.UTF_8));
        rig.post(Pairs.lesson(0, WINDOW));

        // When
        rig.start(Optional.of(rig.workshop.baseModel()));

        // Then
        await(() -> rig.records().total() == WINDOW + 1);
        assertThat(rig.records().setAside()).isEqualTo(1);
        assertThat(rig.deadLetters.all()).extracting(DeadLetter::offset).contains(0L);
    }

    @Test
    void aRunOfBadRecordsDoesNotHoldTheStreamUp() {
        // Given
        int run = 32 * WINDOW;
        for (int i = 0; i < run; i++) {
            rig.topic.post(0, "no pair".getBytes(StandardCharsets.UTF_8));
        }
        rig.start(Optional.of(rig.workshop.baseModel()));
        await(() -> rig.records().setAside() == run);

        // When
        rig.post(Pairs.lesson(0, WINDOW));

        // Then
        await(() -> rig.records().total() == run + WINDOW);
        assertThat(rig.records().setAside()).isEqualTo(run);
        assertThat(rig.records().trained()).isPositive();
    }

    @Test
    void aWindowWhoseDeadLetterIsNotKeptIsReadAgain() {
        // Given
        rig.topic.post(0, "no pair".getBytes(StandardCharsets.UTF_8));
        rig.post(Pairs.lesson(0, WINDOW));
        rig.deadLetters.failOnce();

        // When
        rig.start(Optional.of(rig.workshop.baseModel()));

        // Then
        await(() -> rig.records().total() == WINDOW + 1);
        assertThat(rig.records().setAside()).isEqualTo(1);
        assertThat(rig.records().duplicates()).isZero();
        assertThat(rig.deadLetters.all()).extracting(DeadLetter::offset).containsExactly(0L, 0L);
        assertThat(rig.counted("millrace.trainer.failures")).isEqualTo(1);
    }

    @Test
    void aWindowThatDivergesIsSetAsideAndTheStreamGoesOn() {
        // Given one window with a text that no training survives, then a good one
        rig.topic.post(0, Pairs.graded("poisoned", TinyModel.POISON, "d1", 0));
        rig.post(Pairs.lesson(0, WINDOW - 1));
        rig.start(Optional.of(rig.workshop.baseModel()));
        await(() -> rig.records().total() == WINDOW);
        Manifest passedOver = rig.head();

        // When
        rig.post(Pairs.lesson(WINDOW, 2 * WINDOW));

        // Then
        await(() -> rig.records().total() == 2 * WINDOW);
        assertThat(passedOver.records()).isEqualTo(new Records(0, 0, 0, WINDOW));
        assertThat(passedOver.offsets().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(WINDOW);
        assertThat(rig.deadLetters.all())
                .hasSize(WINDOW)
                .extracting(DeadLetter::reason)
                .containsOnly("diverged");
        assertThat(rig.deadLetters.all())
                .extracting(letter -> letter.key().orElseThrow())
                .contains("poisoned", "lesson-0");
        Manifest base = rig.store.manifest(passedOver.parent().orElseThrow()).orElseThrow();
        assertThat(passedOver.files().get("model.safetensors"))
                .isEqualTo(base.files().get("model.safetensors"));
        assertThat(rig.records().trained()).isPositive();
        assertThat(rig.status.failure()).isEmpty();
    }
}
