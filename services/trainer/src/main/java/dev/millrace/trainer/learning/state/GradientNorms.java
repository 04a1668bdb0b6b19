package dev.millrace.trainer.learning.state;

import java.util.Locale;

/**
 * How large gradients usually are in this lineage, so that one that explodes is noticed though clipping makes its step
 * a small one: its direction is as wrong as before. A step that had nothing to learn (the same pair again, pairs of one
 * group) has next to no gradient and says nothing of what is usual.
 */
public final class GradientNorms {
    /** Of so many steps the mean is plain; then older ones fade. Before, nothing is usual yet. */
    private static final int KNOWN = 100;

    /**
     * A norm below this share of the one that is clipped at teaches nothing, and no usual norm is taken to be smaller.
     */
    private static final double LEAST_SHARE = 0.01;

    private final double factor;
    private final double least;
    private long steps;
    private double mean;

    /**
     * Goes on from what was usual.
     *
     * @param factor how many times the usual is an explosion
     * @param clipNorm what gradients are clipped at; above 1 taken as 1, where clipping is as good as off
     */
    GradientNorms(double factor, double clipNorm, long steps, double mean) {
        this.factor = factor;
        least = LEAST_SHARE * Math.min(1, clipNorm);
        this.steps = steps;
        this.mean = mean;
    }

    /**
     * Takes a step's norm into account.
     *
     * @throws DivergedException when it is beyond all that is usual
     */
    public void add(double norm) {
        if (steps >= KNOWN && norm > factor * Math.max(mean, least)) {
            throw new DivergedException(String.format(
                    Locale.ROOT, "a gradient's norm is %.4g, usual are %.4g", norm, Math.max(mean, least)));
        }
        if (taught(norm)) {
            steps++;
            mean += (norm - mean) / Math.min(steps, KNOWN);
        }
    }

    /** Whether a step with a gradient so large had something to learn. */
    public boolean taught(double norm) {
        return norm >= least;
    }

    /** Learns anew what is usual. */
    public void forget() {
        steps = 0;
        mean = 0;
    }

    long steps() {
        return steps;
    }

    double mean() {
        return mean;
    }
}
