package dev.millrace.trainer.learning.schedule;

/** Falls in a straight line, then stays at the floor. */
record LinearDecay(int steps, double floor) implements Schedule {
    @Override
    public double share(long done) {
        return Math.max(floor, 1 - (1 - floor) * done / steps);
    }
}
