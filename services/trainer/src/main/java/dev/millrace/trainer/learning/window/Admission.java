package dev.millrace.trainer.learning.window;

import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.state.HeldOut;
import dev.millrace.trainer.learning.state.SeenIds;
import java.util.ArrayList;
import java.util.List;

/**
 * A window sorted into what is learned, what is measured on, and repeats.
 *
 * @param fresh pairs to learn, in stream order
 * @param heldOut how many pairs were kept for measuring
 * @param duplicates how many ids had been seen before
 */
public record Admission(List<Pair> fresh, long heldOut, long duplicates) {
    /** Of nothing. */
    public static final Admission NONE = new Admission(List.of(), 0, 0);

    public static Admission of(List<Pair> window, SeenIds seen, HeldOut held) {
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
