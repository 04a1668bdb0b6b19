package dev.millrace.embedding.objective.graded;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.millrace.embedding.objective.seen.GradedPairs;
import dev.millrace.embedding.objective.seen.Scores;
import dev.millrace.embedding.torch.Scalars;
import java.util.stream.IntStream;

/**
 * {@code log(1 + sum exp(l (s_i - s_j)))} over every two pairs of which i is labeled lower than j (Su 2022): a loss of the order
 * alone. In time and memory of the number of pairs, not its square: with the pairs in order of their labels, what is below a
 * label is a running sum.
 */
final class OrderedPairs {
    private OrderedPairs() {}

    /**
     * The loss, a scalar.
     *
     * @param scores [m] of the pairs, which are in order of their labels
     * @param scale l, at most 40: running sums of exponentials are to stay within fp32
     */
    static NDArray loss(GradedPairs pairs, NDArray scores, double scale) {
        NDManager manager = scores.getManager();
        long[] lower = pairs.lower();
        int[] above = IntStream.range(0, lower.length).filter(j -> lower[j] > 0).toArray();
        if (above.length == 0) {
            return Scalars.times(scores.sum(), 0);
        }
        NDArray scaled = Scalars.times(scores, scale);
        NDArray weights = pairs.weights();
        NDArray highest = scaled.stopGradient().max();
        NDArray sums = scaled.sub(highest).exp().mul(weights).cumSum(0);
        NDArray below = sums.get(
                manager.create(IntStream.of(above).mapToLong(j -> lower[j] - 1).toArray()));
        NDArray chosen = manager.create(IntStream.of(above).asLongStream().toArray());
        NDArray logarithms = below.log()
                .add(highest)
                .sub(scaled.get(chosen))
                .add(weights.get(chosen).log());
        NDArray zero = manager.zeros(new Shape(1));
        return Scores.logSumExp(NDArrays.concat(new NDList(zero, logarithms)).reshape(1, -1))
                .squeeze();
    }
}
