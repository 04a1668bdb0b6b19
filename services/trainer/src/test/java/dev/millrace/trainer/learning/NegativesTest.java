package dev.millrace.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedding.network.Precision;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.lineage.LineageStore.Position;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.Workshop;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where negatives come from shapes what is learned, and a trainer that is taken up takes them from the same place. */
class NegativesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "composer=hard mining-replayed=true mining-choice=random hard-negatives=3",
                "composer=hard mining-exact-texts=2",
                "composer=same-source mining-margin=0.05 mining-max-score=0.9",
                "composer=group-aware miner=none"
            })
    void aTrainerThatIsTakenUpEndsWithTheSameBytes(String methods) {
        // Given
        String[] settings = methods.split("[ =]");
        List<Pair> stream = Pairs.lesson(0, 3 * Workshop.WINDOW);
        Workshop straight = new Workshop(folder.resolve("straight"), Precision.FP32, 2);
        Position uninterrupted = straight.train(straight.lineage(1), stream, 3, settings);
        Workshop broken = new Workshop(folder.resolve("broken"), Precision.FP32, 2);
        broken.train(broken.lineage(1), stream, 1, settings);

        // When
        Position resumed = broken.train(broken.lineage(2), stream, 2, settings);

        // Then
        assertThat(broken.files(resumed)).isEqualTo(straight.files(uninterrupted));
    }
}
