package dev.millrace.trainer.learning.schedule;

import dev.millrace.trainer.learning.settings.LearningConfig;

/** The learning rate of every step of a lineage: a straight rise to the configured rate, then its schedule. */
public final class LearningRate {
    private final double rate;
    private final int warmupSteps;
    private final Schedule schedule;

    public LearningRate(LearningConfig config, Schedule schedule) {
        rate = config.learningRate();
        warmupSteps = config.warmupSteps();
        this.schedule = schedule;
    }

    /** The rate of the step after {@code steps} of the lineage; the first is not 0, so that it learns. */
    public double after(long steps) {
        if (steps < warmupSteps) {
            return rate * (steps + 1) / (warmupSteps + 1);
        }
        return rate * schedule.share(steps - warmupSteps);
    }
}
