package dev.millrace.bench.scale.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** The time of a simulation: what is to happen happens in its order, at once. */
final class Clock {
    private record Due(double at, long number, Runnable event) {}

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingDouble(Due::at).thenComparingLong(Due::number));
    private double now;
    private long scheduled;

    /** Seconds since the beginning. */
    double now() {
        return now;
    }

    void at(double time, Runnable event) {
        due.add(new Due(Math.max(time, now), scheduled++, event));
    }

    void after(double seconds, Runnable event) {
        at(now + seconds, event);
    }

    /** Lets happen what is due up to then. */
    void runUntil(double end) {
        while (!due.isEmpty() && due.peek().at() <= end) {
            Due next = due.remove();
            now = next.at();
            next.event().run();
        }
        now = end;
    }
}
