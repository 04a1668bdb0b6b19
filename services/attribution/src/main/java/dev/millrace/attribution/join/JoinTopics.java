package dev.millrace.attribution.join;

import dev.millrace.events.topic.TopicLimits;
import dev.millrace.events.topic.TopicSpec;
import dev.millrace.events.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.utils.Utils;

/** The join's topics, and what the broker last said of them. The supervisor's thread tells it, stream threads ask. */
public final class JoinTopics {
    private final Topics names;
    private volatile int partitions = 1;
    private volatile boolean isNew = true;
    private volatile long partitionsKnownUntil;
    private volatile TopicLimits limits = TopicLimits.UNKNOWN;

    public JoinTopics(Topics names) {
        this.names = names;
    }

    public Topics names() {
        return names;
    }

    /**
     * Before the join starts.
     *
     * @param partitionCount of impressions and of clicks
     * @param anew whether there has never been a join of these topics
     */
    public void startWith(int partitionCount, boolean anew) {
        partitions = partitionCount;
        isNew = anew;
    }

    public int partitions() {
        return partitions;
    }

    /** Whether there was no join of these topics before this one. */
    public boolean isNew() {
        return isNew;
    }

    /** The topics still had the partitions that the join was started with. */
    public void partitionsSeenAt(Instant time) {
        partitionsKnownUntil = time.toEpochMilli();
    }

    /** What arrived before this time is in the partitions that the join reads; milliseconds since the epoch. */
    public long partitionsKnownUntil() {
        return partitionsKnownUntil;
    }

    public void learn(TopicLimits newest) {
        limits = newest;
    }

    /** The largest value that a topic takes of a record of this key. */
    public int largestValue(TopicSpec topic, String key) {
        return limits.largestValue(topic, key);
    }

    /** Where an impression and its clicks meet: as Kafka's own producers choose by the key. */
    public int partitionOf(String impressionId) {
        return Utils.toPositive(Utils.murmur2(impressionId.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
