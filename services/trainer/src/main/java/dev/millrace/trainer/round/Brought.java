package dev.millrace.trainer.round;

import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.trainer.learning.round.Share;

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
     * @param topic that its offsets belong to
     * @param codec by which the delta is written
     * @param delta the change of the weights
     * @param pairs the pairs of the window, one a line
     */
    public record Content(Share share, TopicIdentity topic, String codec, FileEntry delta, FileEntry pairs) {}

    /** What was learned. */
    public Share share() {
        return content.share();
    }
}
