package dev.millrace.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.train.version.VersionWeights;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bare texts drawn to other views than the trainer's usual one. */
class ViewsTest {
    private static final List<Pair> WINDOW = Pairs.lesson(0, Workshop.WINDOW).stream()
            .map(pair -> Pairs.alone(pair.id(), pair.anchor()))
            .toList();

    @TempDir
    Path folder;

    private Workshop workshop;

    @BeforeEach
    void workshop() {
        workshop = new Workshop(folder, Precision.FP32, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"repetition", "eda", "token-cutoff", "position-shuffle + feature-cutoff"})
    void aWindowIsLearnedByThemOtherwiseAndTheSameEveryTime(String view) throws IOException {
        // When
        Path weights = learned(view, "first");

        // Then
        assertThat(weights).hasSameBinaryContentAs(learned(view, "again"));
        assertThat(Files.mismatch(weights, learned("dropout", "usual"))).isNotNegative();
    }

    private Path learned(String view, String name) {
        Path version = folder.resolve(name);
        try (Learner learner =
                workshop.learner(workshop.baseModel(), "view", view, "token-cutoff-rate", "0.4", "miner", "none")) {
            learner.learn(WINDOW, () -> {});
            try (VersionWeights snapshot = learner.save(version)) {
                snapshot.write(version);
            }
        }
        return version.resolve("model.safetensors");
    }
}
