package dev.millrace.checkpoints.ancestry;

import java.util.List;
import java.util.Optional;

/**
 * What a version and its ancestors come to, and from what that is known.
 *
 * @param totals of all that could be reached
 * @param gap why nothing older could be: the version that has no manifest, or is its own ancestor; empty where all was reached
 * @param summarized the last version whose ancestors were taken from its summary; empty where every manifest was read
 * @param unusable summaries in whose place manifests were read, newest first: missing or altered ones
 */
public record AncestorSum(
        Totals totals, Optional<String> gap, Optional<String> summarized, List<SummaryLook> unusable) {

    /** Copies the list. */
    public AncestorSum {
        unusable = List.copyOf(unusable);
    }

    /** Whether the sum covers all there is, to the base. */
    public boolean isComplete() {
        return gap.isEmpty();
    }
}
