package dev.millrace.devstack.demo.stack;

import dev.millrace.client.failure.BusyException;
import dev.millrace.client.failure.ClientException;
import dev.millrace.client.failure.NotFoundException;
import dev.millrace.client.http.RequestListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts every request the demo makes, and keeps the first failures to show. */
public final class Traffic implements RequestListener {
    private static final int SHOWN = 5;

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicInteger failures = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> reasons = new ConcurrentLinkedQueue<>();

    @Override
    public void sent() {
        requests.incrementAndGet();
    }

    /** Back-pressure, no failure. */
    @Override
    public void postponed(BusyException busy, Duration pause) {
        repeated.incrementAndGet();
    }

    /** But 404: that a version is no longer there is what the caller may have reckoned with. */
    @Override
    public void failed(ClientException failure) {
        if (!(failure instanceof NotFoundException)) {
            failed(failure.getMessage());
        }
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
