package dev.millrace.trainer.learning.state;

import java.util.Locale;

/**
 * How large gradients usually are in this lineage, so that one that explodes is noticed though clipping makes its step a small
 * one: its direction is as wrong as before.
 */
public final class GradientNorms {
    /** Of so many steps the mean is plain; then older ones fade. Before, nothing is usual yet. */
    private static final int KNOWN = 100;

    private long steps;
    private double mean;

    GradientNorms(long steps, double mean) {
        this.steps = steps;
        this.mean = mean;
    }

    /**
     * Takes a step's norm into account.
     *
     * @throws DivergedException when it is more than {@code factor} times the usual
     */
    public void add(double norm, double factor) {
        if (steps >= KNOWN && norm > factor * mean) {
            throw new DivergedException(
                    String.format(Locale.ROOT, "a gradient's norm is %.4g, usual are %.4g", norm, mean));
        }
        steps++;
        mean += (norm - mean) / Math.min(steps, KNOWN);
    }

    long steps() {
        return steps;
    }

    double mean() {
        return mean;
    }
}
