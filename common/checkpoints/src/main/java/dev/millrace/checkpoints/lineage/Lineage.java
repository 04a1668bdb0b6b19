package dev.millrace.checkpoints.lineage;

import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.Records;
import java.util.List;

/**
 * A version and its ancestors.
 *
 * @param manifests tip first; never one twice
 * @param records the sum of the manifests' records
 * @param end why the walk ended
 */
public record Lineage(List<Manifest> manifests, Records records, End end) {

    /** Copies the list. */
    public Lineage {
        manifests = List.copyOf(manifests);
    }

    /** Whether the walk reached a base, so that the sum covers all there is. */
    public boolean isComplete() {
        return end instanceof End.Base;
    }

    /** Why a walk ended. */
    public sealed interface End {
        /** At a version without parent. */
        record Base() implements End {}

        /** At a version that has no manifest: the lineage has a gap. */
        record Missing(String version) implements End {}

        /** At a version already walked over: manifests name each other as parents. */
        record Cycle(String version) implements End {}
    }
}
