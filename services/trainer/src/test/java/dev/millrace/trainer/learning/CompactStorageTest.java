package dev.millrace.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.train.version.VersionWeights;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.SavedFolder;
import dev.millrace.trainer.testing.Workshop;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a lineage comes to whose versions keep their numbers in codes, or what was learned in an adapter. */
class CompactStorageTest {
    private static final int WINDOW = 64;
    private static final int WINDOWS = 4;

    @TempDir
    Path folder;

    private Workshop workshop;

    @BeforeEach
    void open() {
        workshop = new Workshop(folder, Precision.FP32, 1);
    }

    /** Bit n of the first argument says that the trainer dies after it has published window n. */
    @ParameterizedTest
    @CsvSource({
        "15, storage=compact",
        "5, storage=compact average-decay=0.99",
        "10, storage=compact merge-base=0.2 anchor=l2-sp",
        "7, storage=full",
        "5, adapter=lora adapter-rank=4",
        "10, adapter=dora storage=compact anchor=ewc"
    })
    void whereverATrainerDiesTheLastVersionHasTheSameBytes(int deaths, String settings) throws IOException {
        // Given
        Path straight = published("straight", 0, settings);

        // When
        Path interrupted = published("interrupted", deaths, settings);

        // Then
        SavedFolder.assertSame(straight, interrupted);
    }

    /** Without mining, which of texts that a small model hardly tells apart picks others for the least change of a vector. */
    @Test
    void aVersionThatWasKeptInFullIsGoneOnFrom() {
        // Given
        Path full = published("full", 0, "storage=full miner=none");

        // When
        Path compact = onFrom(full, "compact");

        // Then it is about where one is that goes on in full
        Path inFull = onFrom(full, "full");
        assertThat(distance(compact, inFull)).isPositive().isLessThan(0.5 * distance(full, inFull));
    }

    private Path onFrom(Path version, String storage) {
        Path next = folder.resolve("on-" + storage);
        try (Learner learner = workshop.learner(version, "storage", storage, "miner", "none")) {
            learn(learner, WINDOWS);
            save(learner, next);
        }
        return next;
    }

    private Path published(String name, int deaths, String settings) {
        String[] keys = settings.split("[ =]");
        Path version = workshop.baseModel();
        Learner learner = workshop.learner(version, keys);
        try {
            for (int window = 0; window < WINDOWS; window++) {
                learn(learner, window);
                version = folder.resolve(name + "-" + window);
                save(learner, version);
                if ((deaths >>> window & 1) == 1) {
                    learner.close();
                    learner = workshop.learner(version, keys);
                }
            }
        } finally {
            learner.close();
        }
        return version;
    }

    private static Learner.Outcome learn(Learner learner, int window) {
        return learner.learn(Pairs.lesson(window * WINDOW, (window + 1) * WINDOW), () -> {});
    }

    private static void save(Learner learner, Path version) {
        try (VersionWeights weights = learner.save(version)) {
            weights.write(version);
        }
    }

    /** Between published weights; the base model has one that is no number, of a text that is set aside. */
    private static double distance(Path one, Path other) {
        var weights = Safetensors.read(other.resolve("model.safetensors"));
        double sum = 0;
        for (var tensor : Safetensors.read(one.resolve("model.safetensors")).entrySet()) {
            var mine = tensor.getValue().values().asFloatBuffer();
            var theirs = weights.get(tensor.getKey()).values().asFloatBuffer();
            for (int i = 0; i < mine.capacity(); i++) {
                if (Float.isFinite(mine.get(i)) && Float.isFinite(theirs.get(i))) {
                    sum += Math.pow(mine.get(i) - theirs.get(i), 2);
                }
            }
        }
        return Math.sqrt(sum);
    }
}
