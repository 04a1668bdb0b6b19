package dev.millrace.trainer.round;

import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.round.Share;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A trainer's share of a round as it lies in the bucket.
 *
 * @param name of its folder
 * @param content what is said of it there
 */
public record Brought(String name, Content content) {
    /**
     * What a share's own file says.
     *
     * @param share what was learned
     * @param partitions all that are its trainer's, those included that it read nothing of: nobody else will bring them
     * @param topic that its offsets belong to
     * @param codec by which the delta is written
     * @param delta the change of the weights
     * @param pairs the pairs of the window, one a line
     */
    public record Content(
            Share share,
            SortedSet<String> partitions,
            TopicIdentity topic,
            String codec,
            FileEntry delta,
            FileEntry pairs) {
        /** Refuses, with a NullPointerException, one that does not say whose partitions it speaks for. */
        public Content {
            partitions = Collections.unmodifiableSortedSet(new TreeSet<>(partitions));
        }
    }

    /**
     * What a share was learned from.
     *
     * @param topic that its offsets belong to
     * @param partitions as of {@link Content}
     * @param window that was learned, without what was set aside
     */
    public record Source(TopicIdentity topic, SortedSet<String> partitions, List<Pair> window) {}

    /** What was learned. */
    public Share share() {
        return content.share();
    }
}
