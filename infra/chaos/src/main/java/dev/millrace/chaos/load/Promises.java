package dev.millrace.chaos.load;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What producers were told, to be held against what became of it. */
public final class Promises {
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> owed = ConcurrentHashMap.newKeySet();
    private final AtomicLong records = new AtomicLong();

    /** The pair was acknowledged; again, if it was a repeat. */
    public void accepted(String id) {
        accepted.add(id);
        records.incrementAndGet();
    }

    public void refused(String id) {
        refused.add(id);
    }

    /** Impression and click were acknowledged in time, so attribution has to make this pair of them. */
    public void owed(String pairId) {
        owed.add(pairId);
        records.incrementAndGet();
    }

    /** Something that is no pair is on the topic. */
    public void garbage() {
        records.incrementAndGet();
    }

    /** Distinct ids of pairs. */
    public Set<String> acceptedIds() {
        return accepted;
    }

    public Set<String> refusedIds() {
        return refused;
    }

    public Set<String> owedIds() {
        return owed;
    }

    /** At least so many records are, or will be, on the topic of pairs. */
    public long records() {
        return records.get();
    }
}
