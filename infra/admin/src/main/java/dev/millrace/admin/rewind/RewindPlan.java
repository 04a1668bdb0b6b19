package dev.millrace.admin.rewind;

import dev.millrace.checkpoints.ancestry.Totals;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.version.Manifest;
import java.util.List;

/**
 * What a rewind is about.
 *
 * @param head where the head stood
 * @param to where it goes
 * @param left what is no longer in the lineage then
 * @param newest the names of those that leave, newest first, at most {@link #NAMED}
 */
public record RewindPlan(Pointer head, Manifest to, Totals left, List<String> newest) {
    /** How many of those that leave are named. */
    static final int NAMED = 256;

    /** Copies the list. */
    public RewindPlan {
        newest = List.copyOf(newest);
    }

    /** How many versions leave. */
    public long versions() {
        return left.versions();
    }

    /** How many records are read again. */
    public long records() {
        return left.records().total();
    }
}
