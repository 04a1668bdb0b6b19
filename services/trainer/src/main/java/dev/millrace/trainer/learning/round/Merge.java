package dev.millrace.trainer.learning.round;

import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.train.TrainedWeights;
import dev.millrace.trainer.learning.round.delta.Numbers;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one set of weights of what several trainers came to: the mean of their deltas, each weighted by its samples, and an outer step
 * with it. The order of arrival does not matter. The averaged weights are merged in the same way as those that train.
 */
public final class Merge {
    private static final Comparator<Contribution> ORDER = Comparator.<Contribution, String>comparing(
                    contribution -> contribution.share().trainer())
            .thenComparing(contribution -> contribution.share().base())
            .thenComparing(contribution -> contribution.share().ranges().toString());

    private final OuterStep step;

    /** With this outer step. */
    public Merge(OuterStep step) {
        this.step = step;
    }

    /** What a version begins with that takes in these contributions. */
    public record Merged(TrainedWeights weights, OuterState outer) {}

    /**
     * Merges contributions of which {@link Selection} says that they fit together. A single one with nothing but the mean is the
     * trainer's own weights, bit by bit.
     *
     * @throws IllegalArgumentException when there is none, or naming a trainer whose weights are not those of the base
     */
    public Merged of(Base base, List<Contribution> contributions) {
        List<Contribution> ordered = contributions.stream().sorted(ORDER).toList();
        require(base, ordered);
        Map<String, Safetensors.Tensor> merged = new LinkedHashMap<>();
        Map<String, Safetensors.Tensor> velocities = new LinkedHashMap<>();
        base.weights().tensors().forEach((name, tensor) -> {
            float[] weights = Numbers.of(tensor);
            if (isAlone(base, ordered)) {
                merged.put(
                        name,
                        Numbers.tensor(tensor.shape(), ordered.get(0).delta().applied(name, weights)));
                return;
            }
            float[] velocity = base.outer().velocity(name, weights.length);
            step.take(weights, mean(name, weights.length, ordered), velocity);
            merged.put(name, Numbers.tensor(tensor.shape(), weights));
            if (step.momentum() > 0) {
                velocities.put(name, Numbers.tensor(tensor.shape(), velocity));
            }
        });
        long steps =
                ordered.stream().mapToLong(each -> each.share().work().steps()).sum();
        return new Merged(new TrainedWeights(merged, base.weights().steps() + steps), new OuterState(velocities));
    }

    private static void require(Base base, List<Contribution> contributions) {
        if (contributions.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to merge");
        }
        for (Contribution contribution : contributions) {
            if (!contribution.delta().names().equals(base.weights().tensors().keySet())) {
                throw new IllegalArgumentException(
                        contribution.share().trainer() + " learned other weights than those of " + base.version());
            }
        }
    }

    /** Whether it is the trainer's own weights that are asked for; of a later base they would be somewhere else. */
    private boolean isAlone(Base base, List<Contribution> contributions) {
        return step.isMean()
                && contributions.size() == 1
                && contributions.get(0).share().base().equals(base.version());
    }

    private static double[] mean(String name, int count, List<Contribution> contributions) {
        double[] mean = new double[count];
        long samples = contributions.stream()
                .mapToLong(contribution -> contribution.share().work().samples())
                .sum();
        for (Contribution contribution : contributions) {
            double part = (double) contribution.share().work().samples() / Math.max(1, samples);
            float[] delta = contribution.delta().of(name, count);
            for (int i = 0; i < count; i++) {
                mean[i] += part * delta[i];
            }
        }
        return mean;
    }
}
