package dev.millrace.devstack.process;

import java.time.Duration;

/**
 * How long to wait before a dead process is started again: doubling from {@code first} to {@code cap}, and from the start again
 * after a run of at least {@code healthy}.
 */
record BackOff(Duration first, Duration cap, Duration healthy) {
    static final BackOff USUAL = new BackOff(Duration.ofMillis(500), Duration.ofSeconds(10), Duration.ofSeconds(30));

    /** The number of deaths in a row, this one included. */
    int deathsInARow(int before, Duration ran) {
        return ran.compareTo(healthy) >= 0 ? 1 : before + 1;
    }

    /** The pause after the given number of deaths in a row (1 or more). */
    Duration pause(int deathsInARow) {
        long doublings = Math.min(deathsInARow - 1, 30);
        Duration grown = first.multipliedBy(1L << doublings);
        return grown.compareTo(cap) < 0 ? grown : cap;
    }
}
