package dev.millrace.events.topic;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How large the records of the topics that exist may be: whoever made a topic decided it, and it may be less than Millrace asks for.
 *
 * @param maxMessageBytes the topics' own {@code max.message.bytes}, in bytes, by name; a topic that is not among them is taken to be
 *     as {@link TopicSpec} would have it
 */
public record TopicLimits(Map<String, Integer> maxMessageBytes) {
    /** No topic is known yet. */
    public static final TopicLimits UNKNOWN = new TopicLimits(Map.of());

    /** Kafka's setting. */
    public static final String SETTING = "max.message.bytes";

    /** A batch's header (61) and that of its only record, whose lengths are written in up to 5 bytes each. */
    private static final int RECORD_OVERHEAD = 96;

    public TopicLimits {
        maxMessageBytes = Map.copyOf(maxMessageBytes);
    }

    /**
     * The largest value, in bytes, that a record of this key may have on a topic, before compression.
     *
     * @param topic the topic, with what is taken for its limit while that is not known
     * @param key the record's key
     */
    public int largestValue(TopicSpec topic, String key) {
        final int largest = maxMessageBytes.getOrDefault(topic.name(), topic.maxMessageBytes());
        return Math.max(0, largest - RECORD_OVERHEAD - key.getBytes(StandardCharsets.UTF_8).length);
    }

    /** Which of the topics take less than Millrace may send them, each with its setting, for a person; empty when none does. */
    public Optional<String> tooSmall(List<TopicSpec> topics) {
        final List<String> words = topics.stream()
                .filter(topic ->
                        maxMessageBytes.getOrDefault(topic.name(), Integer.MAX_VALUE) < topic.maxMessageBytes())
                .map(topic -> "topic %s has %s=%d, below %d"
                        .formatted(topic.name(), SETTING, maxMessageBytes.get(topic.name()), topic.maxMessageBytes()))
                .toList();
        return Optional.of(String.join("; ", words)).filter(text -> !text.isEmpty());
    }
}
