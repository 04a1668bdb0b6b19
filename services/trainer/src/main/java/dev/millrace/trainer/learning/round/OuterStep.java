package dev.millrace.trainer.learning.round;

/**
 * What a merge makes of the mean of its deltas: SGD with Nesterov's momentum over rounds, as if the mean were the negative gradient
 * of the base (DiLoCo: Douillard et al. 2023; the update is that of PyTorch's SGD).
 *
 * @param rate of what is taken over, (0,100]; 1 as far as the trainers came in the mean
 * @param momentum share of earlier rounds' direction that stays, [0,1)
 */
public record OuterStep(double rate, double momentum) {
    /** The mean of what the trainers came to, and nothing else. */
    public static final OuterStep MEAN = new OuterStep(1, 0);

    private static final double GREATEST_RATE = 100;

    /** Checks the ranges. */
    public OuterStep {
        if (!(rate > 0 && rate <= GREATEST_RATE)) {
            throw new IllegalArgumentException("the outer rate must lie in (0, 100], not " + rate);
        }
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("the outer momentum must lie in [0, 1), not " + momentum);
        }
    }

    boolean isMean() {
        return equals(MEAN);
    }

    /** Moves weights in place, and the velocity, which keeps the direction of earlier rounds. */
    void take(float[] weights, double[] mean, float[] velocity) {
        for (int i = 0; i < weights.length; i++) {
            double kept = momentum * velocity[i] + mean[i];
            velocity[i] = (float) kept;
            weights[i] = (float) (weights[i] + rate * (mean[i] + momentum * kept));
        }
    }
}
