package dev.millrace.trainer.learning.round;

/**
 * What a merge makes of the mean of its deltas: SGD with Nesterov's momentum over rounds, as if the mean were the negative gradient
 * of the base (DiLoCo: Douillard et al. 2023; the update is that of PyTorch's SGD).
 *
 * @param rate of what is taken over, (0,100]; 1 as far as the trainers came in the mean
 * @param momentum share of earlier rounds' direction that stays, [0,1)
 * @param scaling of the rate with the number of trainers, as a power of it in [0,1]: 0 takes the mean of their deltas and 1 the sum,
 *     as large batches are learned at a rate that grows with them (Goyal et al. 2017) or with their root (Malladi et al. 2022); of
 *     one trainer it changes nothing
 */
public record OuterStep(double rate, double momentum, double scaling) {
    /** The mean of what the trainers came to, and nothing else. */
    public static final OuterStep MEAN = new OuterStep(1, 0, 0);

    private static final double GREATEST_RATE = 100;

    /** Checks the ranges. */
    public OuterStep {
        if (!(rate > 0 && rate <= GREATEST_RATE)) {
            throw new IllegalArgumentException("the outer rate must lie in (0, 100], not " + rate);
        }
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("the outer momentum must lie in [0, 1), not " + momentum);
        }
        if (!(scaling >= 0 && scaling <= 1)) {
            throw new IllegalArgumentException("the outer scaling must lie in [0, 1], not " + scaling);
        }
    }

    /** Whether of one trainer it takes over all, and nothing else. */
    boolean takesOneAsItIs() {
        return rate == 1 && momentum == 0;
    }

    /**
     * Moves weights in place, and the velocity, which keeps the direction of earlier rounds.
     *
     * @param trainers that the mean is of, 1 and above; no whole number where one counts for more than another
     */
    void take(float[] weights, double[] mean, double trainers, float[] velocity) {
        double scale = Math.pow(trainers, scaling);
        for (int i = 0; i < weights.length; i++) {
            double delta = scale * mean[i];
            double kept = momentum * velocity[i] + delta;
            velocity[i] = (float) kept;
            weights[i] = (float) (weights[i] + rate * (delta + momentum * kept));
        }
    }
}
