package dev.millrace.embedding.objective.seen;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import dev.millrace.embedding.torch.Scalars;

/** What losses do with scores of which some do not count. */
public final class Scores {
    /** So low that its exponential is 0 in fp32 beside any score, and still a number. */
    private static final float NOTHING = -1e4f;

    private Scores() {}

    /** The scores where {@code mask}; elsewhere one that adds nothing to a softmax. */
    public static NDArray where(NDArray mask, NDArray scores) {
        return NDArrays.where(mask, scores, scores.getManager().create(NOTHING));
    }

    /** [n] the cross entropy of each row's positive among its candidates, by these logits [n, u]. */
    public static NDArray crossEntropy(Rows rows, NDArray logits) {
        return ofPositive(rows, where(rows.candidates(), logits));
    }

    /** [n] the cross entropy of each row's positive among all columns of these logits [n, m], the batch's texts first. */
    public static NDArray ofPositive(Rows rows, NDArray logits) {
        return logits.logSoftmax(1).gather(rows.positive(), 1).neg().squeeze(1);
    }

    /** [n, m] to [n, 1]: the logarithm of the sum of exponentials of each row. */
    public static NDArray logSumExp(NDArray scores) {
        NDArray highest = scores.stopGradient().max(new int[] {1}, true);
        return scores.sub(highest).exp().sum(new int[] {1}, true).log().add(highest);
    }

    /** log(1 + exp(x)), by element, for any x. */
    public static NDArray softplus(NDArray x) {
        return x.abs().neg().exp().add(1).log().add(Scalars.atLeast(x, 0));
    }
}
