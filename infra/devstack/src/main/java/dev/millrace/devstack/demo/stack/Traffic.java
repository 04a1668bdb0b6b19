package dev.millrace.devstack.demo.stack;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts every request the demo makes, and keeps the first failures to show. */
public final class Traffic {
    private static final int SHOWN = 5;

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicInteger failures = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> reasons = new ConcurrentLinkedQueue<>();

    void sent() {
        requests.incrementAndGet();
    }

    /** Asked to come back later, and the same was sent again: back-pressure, no failure. */
    void postponed() {
        repeated.incrementAndGet();
    }

    public void failed(String reason) {
        if (failures.incrementAndGet() <= SHOWN) {
            reasons.add(reason);
        }
    }

    public long requests() {
        return requests.get();
    }

    public long repeated() {
        return repeated.get();
    }

    public int failures() {
        return failures.get();
    }

    public List<String> reasons() {
        return List.copyOf(reasons);
    }
}
