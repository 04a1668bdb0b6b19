package dev.millrace.checkpoints.ancestry;

import dev.millrace.checkpoints.version.Records;
import dev.millrace.checkpoints.version.TopicIdentity;
import java.util.Optional;

/**
 * Versions that follow each other and were learned from one topic.
 *
 * @param topic the topic, with as many partitions as the newest of them saw; empty where neither they nor an ancestor say it
 * @param versions how many, at least 1
 * @param records the sum of what became of their records
 */
public record TopicRun(Optional<TopicIdentity> topic, long versions, Records records) {

    /** Refuses values out of range with an IllegalArgumentException that names the component. */
    public TopicRun {
        if (versions < 1) {
            throw new IllegalArgumentException("versions: less than 1");
        }
    }

    /** Whether it is of the earlier one's topic: a version that does not say its topic is of its parent's. */
    boolean continues(final TopicRun earlier) {
        return topic.isEmpty()
                || earlier.topic.filter(topic.get()::isSameTopicAs).isPresent();
    }

    /** Without those that it begins with; empty where it has no others. */
    Optional<TopicRun> after(final TopicRun earlier) {
        return versions == earlier.versions
                ? Optional.empty()
                : Optional.of(new TopicRun(topic, versions - earlier.versions, records.minus(earlier.records)));
    }

    /** With those that continue it. */
    TopicRun plus(final TopicRun later) {
        return new TopicRun(
                later.topic.or(() -> topic), Math.addExact(versions, later.versions), records.plus(later.records));
    }
}
