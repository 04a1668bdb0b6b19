package dev.millrace.admin.audit;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many records of a window repeat an id that was seen before, as the trainer counts them: it remembers the newest ids up to
 * its horizon, in the order it read them. That order is not known here, since a window's partitions interleave; it matters only
 * where the horizon passes through, so the answer is a range, and one number wherever an id is well inside or well outside.
 */
final class Repeats {
    private static final long LONG_AGO = Long.MIN_VALUE / 2;

    private final long shortest;
    private final long longest;
    private final Map<String, Admitted> ids = new LinkedHashMap<>();
    private long fewest;
    private long most;
    private boolean pastUnknown;

    /** How many repeats a window has at least and at most. */
    record Range(long least, long most) {
        @Override
        public String toString() {
            return least == most ? Long.toString(least) : least + " to " + most;
        }
    }

    /** When an id was taken in, as the number of ids taken in before and after its window. */
    private record Admitted(long least, long most) {}

    private enum Memory {
        SEEN,
        NEW,
        UNSURE
    }

    /** The horizon may have been changed while the lineage grew: {@code shortest} to {@code longest} ids. */
    Repeats(long shortest, long longest) {
        this.shortest = shortest;
        this.longest = longest;
    }

    /** From here on any id may have been seen before in records that cannot be read. */
    void forgetsThePast() {
        pastUnknown = true;
        ids.clear();
        fewest = 0;
        most = 0;
    }

    /**
     * Takes in a window's ids.
     *
     * @param setAside how many of its records the trainer did not take in; which ones is not known
     */
    Range take(List<String> window, long setAside) {
        Map<String, Integer> counts = new HashMap<>();
        window.forEach(id -> counts.merge(id, 1, Integer::sum));
        Map<String, Memory> memories = new HashMap<>();
        counts.keySet().forEach(id -> memories.put(id, memory(id, window.size())));
        long least = 0;
        long greatest = 0;
        boolean withinHorizon = window.size() <= shortest;
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            int count = entry.getValue();
            Memory memory = memories.get(entry.getKey());
            long inWindow = withinHorizon ? count - 1 : 0;
            least += memory == Memory.SEEN ? count : inWindow;
            greatest += memory == Memory.NEW ? repeatsAtMost(count) : count;
        }
        long added = Math.max(0, window.size() - setAside - greatest);
        admit(memories, added, window.size() - least, setAside == 0);
        return new Range(Math.max(0, least - setAside), greatest);
    }

    private long repeatsAtMost(int count) {
        return longest == 0 ? 0 : count - 1;
    }

    private Memory memory(String id, int windowSize) {
        if (!ids.containsKey(id)) {
            return pastUnknown && fewest < longest ? Memory.UNSURE : Memory.NEW;
        }
        Admitted admitted = ids.get(id);
        if (most + windowSize - admitted.least() <= shortest) {
            return Memory.SEEN;
        }
        return fewest - admitted.most() >= longest ? Memory.NEW : Memory.UNSURE;
    }

    private void admit(Map<String, Memory> memories, long addedAtLeast, long addedAtMost, boolean whole) {
        long before = fewest;
        fewest += addedAtLeast;
        most += addedAtMost;
        memories.forEach((id, memory) -> {
            if (memory == Memory.NEW) {
                ids.remove(id);
                ids.put(id, new Admitted(whole ? before : LONG_AGO, most));
            } else if (memory == Memory.UNSURE) {
                Admitted old = ids.getOrDefault(id, new Admitted(LONG_AGO, most));
                ids.remove(id);
                ids.put(id, new Admitted(old.least(), most));
            }
        });
        forget();
    }

    private void forget() {
        Iterator<Admitted> oldest = ids.values().iterator();
        while (oldest.hasNext() && fewest - oldest.next().most() >= longest) {
            oldest.remove();
        }
    }
}
