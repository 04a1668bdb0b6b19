package dev.millrace.trainer.learning.window;

import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.state.HeldOut;
import dev.millrace.trainer.learning.state.SeenIds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A window sorted into what is learned, what is measured on, and repeats.
 *
 * @param fresh pairs to learn, in stream order
 * @param held pairs that were kept for measuring, in stream order
 * @param duplicates how many ids had been seen before
 */
public record Admission(List<Pair> fresh, List<Pair> held, long duplicates) {
    /** Of nothing. */
    public static final Admission NONE = new Admission(List.of(), List.of(), 0);

    /** Sorts a window that is taken in: its ids are seen from now on, and what is held out is kept. */
    public static Admission of(List<Pair> window, SeenIds seen, HeldOut held) {
        Admission taken = sorted(window, seen::add, held);
        taken.held().forEach(held::keep);
        return taken;
    }

    /**
     * Sorts a window as it would be if it were taken in, and takes in nothing.
     *
     * @param before ids of what will be taken in before it
     */
    public static Admission foreseen(List<Pair> window, SeenIds seen, Set<String> before, HeldOut held) {
        Set<String> own = new HashSet<>();
        return sorted(window, id -> !seen.knows(id) && !before.contains(id) && own.add(id), held);
    }

    private static Admission sorted(List<Pair> window, Predicate<String> isNew, HeldOut held) {
        List<Pair> fresh = new ArrayList<>();
        List<Pair> kept = new ArrayList<>();
        long duplicates = 0;
        for (Pair pair : window) {
            if (!isNew.test(pair.id())) {
                duplicates++;
            } else if (held.claims(pair)) {
                kept.add(pair);
            } else {
                fresh.add(pair);
            }
        }
        return new Admission(fresh, kept, duplicates);
    }

    /** Both, this one first. */
    public Admission and(Admission other) {
        return new Admission(
                Stream.concat(fresh.stream(), other.fresh.stream()).toList(),
                Stream.concat(held.stream(), other.held.stream()).toList(),
                duplicates + other.duplicates);
    }

    /** How many pairs were kept for measuring. */
    public long heldOut() {
        return held.size();
    }
}
