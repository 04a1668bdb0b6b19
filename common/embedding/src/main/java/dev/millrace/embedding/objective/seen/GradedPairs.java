package dev.millrace.embedding.objective.seen;

import ai.djl.ndarray.NDArray;
import dev.millrace.embedding.objective.batch.GradedPair;
import dev.millrace.embedding.objective.loss.GradedLoss;
import dev.millrace.embedding.objective.loss.Loss;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** All graded pairs of a batch, m of them in order of their labels, as tensors: what {@link GradedLoss} sees. */
public final class GradedPairs {
    private final Views views;
    private final List<GradedPair> pairs;
    private final double heaviest;

    public GradedPairs(Views views, List<GradedPair> pairs) {
        this.views = views;
        this.pairs = pairs.stream()
                .sorted(Comparator.comparingDouble(GradedPair::label))
                .toList();
        heaviest = pairs.stream().mapToDouble(GradedPair::weight).max().orElseThrow();
    }

    /** [u, d] the unit vectors of the batch's texts. */
    public NDArray vectors() {
        return views.vectors();
    }

    /** [m, d] the vectors of each pair's first text. */
    public NDArray first() {
        return vectors().get(longs(GradedPair::first));
    }

    /** [m, d] the vectors of each pair's second text. */
    public NDArray second() {
        return vectors().get(longs(GradedPair::second));
    }

    /** [m] the cosine of each pair. */
    public NDArray cosines() {
        return first().mul(second()).sum(new int[] {1});
    }

    /** [m] in [0, 1]. */
    public NDArray labels() {
        return floats(GradedPair::label);
    }

    /** [m] above 0, the largest 1. */
    public NDArray weights() {
        // In fp32 a weight below 1e-45 is nothing, and 0 / 0 no number.
        return floats(pair -> pair.weight() / heaviest);
    }

    /** The mean of a number for each pair [m], by their weights. */
    public NDArray mean(NDArray losses) {
        NDArray weights = weights();
        return losses.mul(weights).sum().div(weights.sum());
    }

    /** One of the loss's own {@link Loss#parameters}. */
    public NDArray parameter(String name) {
        return views.beside().parameter(name);
    }

    /** [m] how many of the pairs are labeled lower than each. */
    public long[] lower() {
        long[] lower = new long[pairs.size()];
        for (int i = 1; i < lower.length; i++) {
            lower[i] = pairs.get(i).label() > pairs.get(i - 1).label() ? i : lower[i - 1];
        }
        return lower;
    }

    private NDArray longs(ToLongFunction<GradedPair> text) {
        return vectors().getManager().create(pairs.stream().mapToLong(text).toArray());
    }

    private NDArray floats(ToDoubleFunction<GradedPair> number) {
        float[] numbers = new float[pairs.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) number.applyAsDouble(pairs.get(i));
        }
        return vectors().getManager().create(numbers);
    }
}
