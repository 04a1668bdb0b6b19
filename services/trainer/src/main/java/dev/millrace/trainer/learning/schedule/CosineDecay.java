package dev.millrace.trainer.learning.schedule;

/** Falls along half a cosine wave (Loshchilov and Hutter 2017, without restarts), then stays at the floor. */
record CosineDecay(int steps, double floor) implements Schedule {
    @Override
    public double share(long done) {
        double progress = Math.min(1, done / (double) steps);
        return floor + (1 - floor) * (1 + Math.cos(Math.PI * progress)) / 2;
    }
}
