package dev.millrace.trainer.learning;

import dev.millrace.events.Pair;
import java.util.ArrayList;
import java.util.List;

/**
 * A window sorted into what is learned, what is measured on, and repeats.
 *
 * @param fresh pairs to learn, in stream order
 * @param heldOut how many pairs were kept for measuring
 * @param duplicates how many ids had been seen before
 */
record Admission(List<Pair> fresh, long heldOut, long duplicates) {
    static Admission of(List<Pair> window, SeenIds seen, HeldOut held) {
        List<Pair> fresh = new ArrayList<>();
        long heldOut = 0;
        long duplicates = 0;
        for (Pair pair : window) {
            if (!seen.add(pair.id())) {
                duplicates++;
            } else if (held.claims(pair)) {
                held.keep(pair);
                heldOut++;
            } else {
                fresh.add(pair);
            }
        }
        return new Admission(fresh, heldOut, duplicates);
    }
}
