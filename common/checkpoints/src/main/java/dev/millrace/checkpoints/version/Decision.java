package dev.millrace.checkpoints.version;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * Why a version may be promoted, or may not: each figure that was looked at, beside the bound it had to keep.
 *
 * @param bounds by what was measured, such as {@code forgetting} or {@code drift}; empty when nothing could be measured yet
 */
public record Decision(SortedMap<String, Bound> bounds) {

    /** Copies the map. */
    public Decision {
        bounds = Checks.copy(bounds);
    }

    /** Whether every figure stays within its bound. */
    public boolean trusted() {
        return broken().isEmpty();
    }

    /** One line for each bound that is broken, such as {@code drift is 0.4210, at most 0.3000}. */
    public List<String> broken() {
        return bounds.entrySet().stream()
                .filter(entry -> !entry.getValue().kept())
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String line(final String name, final Bound bound) {
        return String.format(Locale.ROOT, "%s is %.4f, at most %.4f", name, bound.figure(), bound.atMost());
    }
}
