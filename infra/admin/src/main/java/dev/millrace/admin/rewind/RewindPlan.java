package dev.millrace.admin.rewind;

import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.version.Manifest;
import java.util.List;

/**
 * What a rewind is about.
 *
 * @param head where the head stood
 * @param to where it goes
 * @param left what is no longer in the lineage then, newest first
 */
public record RewindPlan(Pointer head, Manifest to, List<Manifest> left) {
    /** Copies the list. */
    public RewindPlan {
        left = List.copyOf(left);
    }

    /** How many records are read again. */
    public long records() {
        return left.stream().mapToLong(manifest -> manifest.records().total()).sum();
    }
}
