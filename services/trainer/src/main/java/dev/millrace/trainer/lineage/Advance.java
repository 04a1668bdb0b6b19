package dev.millrace.trainer.lineage;

import dev.millrace.checkpoints.version.Records;
import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.trainer.learning.window.Admission;
import dev.millrace.trainer.stream.Window;
import java.util.SortedMap;

/**
 * How far a version goes on from its parent.
 *
 * @param topic that the records were read from
 * @param next for each partition that was read, by its name, the offset after the last record taken
 * @param records what became of them
 */
public record Advance(TopicIdentity topic, SortedMap<String, Long> next, Records records) {
    /** By one window. */
    public static Advance by(Window window, TopicIdentity topic, Admission admission) {
        return new Advance(topic, window.next(), records(window, admission));
    }

    /** What became of a window's records. */
    public static Records records(Window window, Admission admission) {
        return new Records(admission.fresh().size(), admission.heldOut(), admission.duplicates(), window.setAside());
    }
}
