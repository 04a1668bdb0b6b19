package dev.millrace.bench.speed;

import dev.millrace.embedding.objective.inbatch.InfoNce;
import dev.millrace.embedding.train.TrainingOptions;

/**
 * How a curve is learned, by every contender alike; what is not asked for is the trainer's default.
 *
 * @param steps optimizer steps, 50..20,000
 * @param batch pairs a step, 2..1,024
 */
public record LearningSettings(int steps, int batch) {
    public static final int LEAST_STEPS = 50;
    public static final int MOST_STEPS = 20_000;
    public static final int LEAST_BATCH = 2;
    public static final int MOST_BATCH = 1_024;

    public static final double TEMPERATURE = 0.05;
    public static final double WEIGHT_DECAY = 0.01;
    public static final double CLIP_NORM = 1;
    public static final TrainingOptions TRAINING = TrainingOptions.DEFAULT.with(new InfoNce(TEMPERATURE));

    private static final double LEARNING_RATE = 1e-4;
    private static final int WARMUP_STEPS = 20;

    public LearningSettings {
        if (steps < LEAST_STEPS || steps > MOST_STEPS || batch < LEAST_BATCH || batch > MOST_BATCH) {
            throw new IllegalArgumentException(steps + " steps of " + batch + " pairs");
        }
    }

    /** Linear warm-up, then constant. */
    public static double rate(int step) {
        return LEARNING_RATE * Math.min(1, (step + 1.0) / (WARMUP_STEPS + 1.0));
    }
}
