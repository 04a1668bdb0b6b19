package dev.millrace.attribution.join;

import dev.millrace.events.Impression;

/**
 * An impression that waits for its clicks.
 *
 * @param deadline the last millisecond since the epoch at which a click may arrive
 */
record OpenImpression(long deadline, Impression impression) {
    boolean shows(String docId) {
        return impression.results().stream().anyMatch(result -> result.docId().equals(docId));
    }
}
