package dev.millrace.trainer.learning.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.version.Records;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.train.version.Snapshot;
import dev.millrace.embedding.train.version.TrainedWeights;
import dev.millrace.embedding.train.version.VersionWeights;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.round.Merge.Merged;
import dev.millrace.trainer.learning.round.delta.Carried;
import dev.millrace.trainer.learning.round.delta.DeltaCodecs;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.SavedFolder;
import dev.millrace.trainer.testing.Workshop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rounds of real learners. */
class RoundOfOneTest {
    private static final int WINDOW = Workshop.WINDOW;

    @TempDir
    Path folder;

    private Workshop workshop;

    @BeforeEach
    void workshop() {
        workshop = new Workshop(folder, Precision.FP32, 1);
    }

    @Test
    void oneTrainerInRoundsWritesTheSameBytesAsOneWithout() throws IOException {
        // Given
        Path straight = folder.resolve("straight");
        try (Learner learner = workshop.learner(workshop.baseModel())) {
            learner.learn(Pairs.lesson(0, WINDOW), () -> {});
            learner.learn(Pairs.lesson(WINDOW, WINDOW), () -> {});
            write(learner, straight);
        }
        Path inRounds = folder.resolve("in-rounds");

        // When
        try (Learner learner = workshop.learner(workshop.baseModel())) {
            Base base = new Base("round-0", weights(learner), OuterState.NONE);
            for (int round = 0; round < 2; round++) {
                learner.learn(Pairs.lesson(round * WINDOW, WINDOW), () -> {});
                Merged merged = merged(base, List.of(learner), new OuterStep(1, 0, 1));
                learner.goOnFrom(merged.weights());
                base = new Base("round-" + (round + 1), merged.weights(), merged.outer());
            }
            write(learner, inRounds);
        }

        // Then
        SavedFolder.assertSame(straight, inRounds);
    }

    @Test
    void trainersThatGoOnFromAMergeHaveTheSameModel() {
        // Given
        try (Learner first = workshop.learner(workshop.baseModel());
                Learner second = workshop.learner(workshop.baseModel())) {
            Base base = new Base("round-0", weights(first), OuterState.NONE);
            first.learn(Pairs.lesson(0, WINDOW), () -> {});
            second.learn(Pairs.lesson(WINDOW, WINDOW), () -> {});

            // When
            Merged merged = merged(base, List.of(first, second), new OuterStep(.7, .9, .5));
            first.goOnFrom(merged.weights());
            second.goOnFrom(merged.weights());

            // Then
            write(first, folder.resolve("first"));
            write(second, folder.resolve("second"));
            for (String file : List.of("model.safetensors", "training-state/trained.safetensors")) {
                assertThat(folder.resolve("first").resolve(file))
                        .hasSameBinaryContentAs(folder.resolve("second").resolve(file));
            }
            assertThat(merged.outer().velocity())
                    .hasSize(base.weights().tensors().size() / 2);
        }
    }

    private static Merged merged(Base base, List<Learner> learners, OuterStep step) {
        List<Contribution> contributions = learners.stream()
                .map(learner -> contribution("trainer-" + learners.indexOf(learner), learner, base))
                .toList();
        return new Merge(step, Workshop.EAGER.averageDecay()).of(base, contributions);
    }

    private static Contribution contribution(String trainer, Learner learner, Base base) {
        try (Snapshot reached = learner.snapshot()) {
            long steps = reached.weights().steps() - base.weights().steps();
            Work work = new Work(WINDOW, steps, Records.NONE);
            return new Contribution(
                    new Share(trainer, base.version(), List.of(Rounds.range(0, 0, WINDOW)), work),
                    Carried.nothing(DeltaCodecs.named("fp32"))
                            .tell(base.weights(), reached.weights())
                            .delta());
        }
    }

    private static TrainedWeights weights(Learner learner) {
        try (Snapshot now = learner.snapshot()) {
            return now.weights().copy();
        }
    }

    private static void write(Learner learner, Path version) {
        try (VersionWeights snapshot = learner.save(version)) {
            snapshot.write(version);
        }
    }
}
