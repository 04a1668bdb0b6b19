package dev.millrace.trainer.learning.schedule;

/** How the learning rate goes on once it is warm. */
@FunctionalInterface
public interface Schedule {
    /** The whole rate for ever. */
    Schedule CONSTANT = steps -> 1;

    /**
     * Share of the configured learning rate.
     *
     * @param steps optimizer steps since the end of the warm-up, from 0
     * @return in [floor, 1]
     */
    double share(long steps);

    /** Falls in a straight line, then stays at the floor. */
    record Linear(int steps, double floor) implements Schedule {
        @Override
        public double share(long done) {
            return Math.max(floor, 1 - (1 - floor) * done / steps);
        }
    }

    /** Falls along half a cosine wave (Loshchilov and Hutter 2017, without restarts), then stays at the floor. */
    record Cosine(int steps, double floor) implements Schedule {
        @Override
        public double share(long done) {
            double progress = Math.min(1, done / (double) steps);
            return floor + (1 - floor) * (1 + Math.cos(Math.PI * progress)) / 2;
        }
    }
}
