package dev.millrace.trainer.learning.round;

import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.train.version.TrainedWeights;
import dev.millrace.trainer.learning.round.delta.Numbers;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;

/**
 * Makes one set of weights of what several trainers came to: the mean of their deltas, each weighted by its samples, and an outer step
 * with it. The order of arrival does not matter. The averages of the weights are merged by their mean, and then follow the merged
 * weights for the steps that each trainer's own did not see, so that the average of a lineage means the same with any number of them.
 */
public final class Merge {
    private static final Comparator<Contribution> ORDER = Comparator.<Contribution, String>comparing(
                    contribution -> contribution.share().trainer())
            .thenComparing(contribution -> contribution.share().base())
            .thenComparing(contribution -> contribution.share().ranges().toString());

    private final OuterStep step;
    private final double averageDecay;

    /** With this outer step; {@code averageDecay} as the trainers have it, [0,1). */
    public Merge(OuterStep step, double averageDecay) {
        if (!(averageDecay >= 0 && averageDecay < 1)) {
            throw new IllegalArgumentException("the average's decay must lie in [0, 1), not " + averageDecay);
        }
        this.step = step;
        this.averageDecay = averageDecay;
    }

    /** What a version begins with that takes in these contributions. */
    public record Merged(TrainedWeights weights, OuterState outer) {}

    /**
     * Merges contributions of which {@link Selection} says that they fit together. A single one with rate 1 and no momentum is the
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
                weights = ordered.get(0).delta().applied(name, weights);
            } else {
                OuterStep taken = TrainedWeights.isAverage(name) ? OuterStep.MEAN : step;
                float[] velocity = base.outer().velocity(name, weights.length);
                taken.take(weights, mean(name, weights.length, ordered), trainers(ordered), velocity);
                if (taken.momentum() > 0) {
                    velocities.put(name, Numbers.tensor(tensor.shape(), velocity));
                }
            }
            merged.put(name, Numbers.tensor(tensor.shape(), weights));
        });
        return new Merged(followed(base, ordered, merged), new OuterState(velocities));
    }

    private TrainedWeights followed(
            Base base, List<Contribution> contributions, Map<String, Safetensors.Tensor> merged) {
        LongSummaryStatistics steps = contributions.stream()
                .mapToLong(contribution -> contribution.share().work().steps())
                .summaryStatistics();
        return new TrainedWeights(merged, base.weights().steps() + steps.getSum())
                .averagedOn(steps.getSum() - steps.getMax(), averageDecay);
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
        return step.takesOneAsItIs()
                && contributions.size() == 1
                && contributions.get(0).share().base().equals(base.version());
    }

    /** So many as would, with as many samples each, make the mean as reliable: who brings little hardly counts. */
    private static double trainers(List<Contribution> contributions) {
        double sum = 0;
        double squares = 0;
        for (Contribution contribution : contributions) {
            double samples = contribution.share().work().samples();
            sum += samples;
            squares += samples * samples;
        }
        return squares > 0 ? sum * sum / squares : 1;
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
