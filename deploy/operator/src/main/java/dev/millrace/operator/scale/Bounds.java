package dev.millrace.operator.scale;

import dev.millrace.operator.condition.Trouble;
import dev.millrace.operator.condition.TroubleException;
import dev.millrace.operator.resource.EncoderSpec;
import dev.millrace.operator.resource.TrainersSpec;
import java.time.Duration;
import java.util.Optional;

/**
 * Between what the number of trainers moves, and how.
 *
 * @param min at least 1: without a trainer nothing says how far behind it is
 * @param max at most the partitions of {@code pairs}
 * @param asked what a person or another scaler asks for
 * @param behind how far behind trainers may fall before there are more
 * @param up for how long more must be wanted before there are more
 * @param down for how long fewer must be enough before there are fewer
 */
public record Bounds(int min, int max, Optional<Integer> asked, Duration behind, Duration up, Duration down) {
    /**
     * As the spec has it.
     *
     * @throws TroubleException when it contradicts itself; it names the field
     */
    public static Bounds of(EncoderSpec spec) {
        final TrainersSpec trainers = spec.trainers();
        final int partitions = spec.stream().partitions();
        if (trainers.min() < 1) {
            throw refused("spec.trainers.min", "it must be at least 1, not %d".formatted(trainers.min()));
        }
        if (trainers.min() > trainers.max()) {
            throw refused(
                    "spec.trainers.min", "%d is above spec.trainers.max, %d".formatted(trainers.min(), trainers.max()));
        }
        if (trainers.min() > partitions) {
            throw refused(
                    "spec.trainers.min",
                    "%d is beyond spec.stream.partitions, %d: the trainers in excess would have no partition"
                            .formatted(trainers.min(), partitions));
        }
        return new Bounds(
                trainers.min(),
                Math.min(trainers.max(), partitions),
                trainers.asked(),
                Duration.ofSeconds(trainers.scaling().behindSeconds()),
                Duration.ofSeconds(trainers.scaling().scaleUpStabilizationSeconds()),
                Duration.ofSeconds(trainers.scaling().scaleDownStabilizationSeconds()));
    }

    int within(int number) {
        return Math.max(min, Math.min(max, number));
    }

    private static TroubleException refused(String field, String sentence) {
        return new TroubleException(Trouble.invalid(field, sentence));
    }
}
