package dev.millrace.chaos;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What producers were told, to be held against what became of it. */
final class Promises {
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> owed = ConcurrentHashMap.newKeySet();
    private final AtomicLong records = new AtomicLong();

    /** The pair was acknowledged; again, if it was a repeat. */
    void accepted(String id) {
        accepted.add(id);
        records.incrementAndGet();
    }

    void refused(String id) {
        refused.add(id);
    }

    /** Impression and click were acknowledged in time, so attribution has to make this pair of them. */
    void owed(String pairId) {
        owed.add(pairId);
        records.incrementAndGet();
    }

    /** Something that is no pair is on the topic. */
    void garbage() {
        records.incrementAndGet();
    }

    /** Distinct ids of pairs. */
    Set<String> acceptedIds() {
        return accepted;
    }

    Set<String> refusedIds() {
        return refused;
    }

    Set<String> owedIds() {
        return owed;
    }

    /** At least so many records are, or will be, on the topic of pairs. */
    long records() {
        return records.get();
    }
}
