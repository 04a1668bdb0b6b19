package dev.millrace.attribution.join;

import dev.millrace.events.topic.TopicLimits;
import dev.millrace.events.topic.TopicSpec;
import dev.millrace.events.topic.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** The join's topics, and what the broker last said of them. The supervisor's thread tells it, stream threads ask. */
public final class JoinTopics {
    private final Topics names;
    private volatile int partitions = 1;
    private volatile TopicLimits limits = TopicLimits.UNKNOWN;

    public JoinTopics(Topics names) {
        this.names = names;
    }

    public Topics names() {
        return names;
    }

    /** Before the join starts, {@code partitions} being those of impressions and clicks. */
    public void startWith(int partitionCount) {
        partitions = partitionCount;
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
