package dev.millrace.checkpoints.version;

import java.util.regex.Pattern;

/**
 * Which topic offsets belong to. A topic that was deleted and made again has the old one's name and another id, and its offsets
 * say nothing about the old one's records: offsets may be compared within one id only.
 *
 * @param name 1 to 249 of [a-zA-Z0-9._-], as Kafka allows
 * @param id what the broker gave the topic when it was made (a Kafka Uuid as text), 1 to 64 of [A-Za-z0-9_-]
 * @param partitions how many partitions it had when it was last looked at, 1 or more; a topic may get more, never fewer
 */
public record TopicIdentity(String name, String id, int partitions) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** Refuses values out of range with an IllegalArgumentException that names the component. */
    public TopicIdentity {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("topic.name: not a name of " + NAME.pattern());
        }
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("topic.id: not an id of " + ID.pattern());
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("topic.partitions: less than 1");
        }
    }

    /** Whether both are one topic, so that offsets of the one are offsets of the other; it may have got partitions between. */
    public boolean isSameTopicAs(final TopicIdentity other) {
        return id.equals(other.id);
    }
}
