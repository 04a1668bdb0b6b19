package dev.millrace.bench.scale.simulation;

import java.util.PriorityQueue;

/** The way to the bucket: so many transfers at once, each at its own speed; more wait for one to end. */
final class BucketLink {
    private final Clock clock;
    private final PriorityQueue<Double> free = new PriorityQueue<>();
    private double bytes;

    BucketLink(Clock clock, int streams) {
        this.clock = clock;
        for (int i = 0; i < streams; i++) {
            free.add(0.0);
        }
    }

    /** Calls back when it is over. */
    void move(double size, double bytesPerSecond, Runnable then) {
        bytes += size;
        double begin = Math.max(clock.now(), free.remove());
        double end = begin + size / bytesPerSecond;
        free.add(end);
        clock.at(end, then);
    }

    /** Moved, or on their way. */
    double bytes() {
        return bytes;
    }
}
