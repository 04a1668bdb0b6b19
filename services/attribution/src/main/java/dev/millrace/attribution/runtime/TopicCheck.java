package dev.millrace.attribution.runtime;

import dev.millrace.events.topic.TopicSpec;
import dev.millrace.events.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the topics that exist are those the join needs. */
record TopicCheck(Topics topics) {
    List<String> needed() {
        return topics.all().stream().map(TopicSpec::name).toList();
    }

    /**
     * What stands in the way. Kafka Streams would join topics of unequal partitions without a word, and most clicks
     * would never meet their impression.
     *
     * @param partitions number of partitions by existing topic
     */
    Optional<String> obstacle(Map<String, Integer> partitions) {
        final List<String> missing = needed().stream()
                .filter(topic -> !partitions.containsKey(topic))
                .toList();
        if (!missing.isEmpty()) {
            return Optional.of("topics do not exist: " + String.join(", ", missing));
        }
        final String impressions = topics.impressions().name();
        final String clicks = topics.clicks().name();
        return partitions.get(impressions).equals(partitions.get(clicks))
                ? Optional.empty()
                : Optional.of("%s has %d partitions but %s has %d; they must be equal"
                        .formatted(impressions, partitions.get(impressions), clicks, partitions.get(clicks)));
    }
}
