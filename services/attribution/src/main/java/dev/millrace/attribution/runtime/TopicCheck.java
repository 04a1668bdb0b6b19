package dev.millrace.attribution.runtime;

import dev.millrace.events.topic.TopicSpec;
import dev.millrace.events.topic.Topics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the topics that exist are those the join needs.
 *
 * @param changelogs the names of those that keep the join's state, which Kafka Streams makes with as many partitions as the topics had
 */
record TopicCheck(Topics topics, List<String> changelogs) {
    /** All whose partitions have to be known. */
    Collection<String> asked() {
        return Stream.concat(needed().stream(), changelogs.stream()).toList();
    }

    /**
     * What stands in the way. Kafka Streams would join topics of unequal partitions without a word, and most clicks
     * would never meet their impression. Changelogs with fewer partitions are given more; with more than the topics they hold
     * what waits where nobody would look for it.
     *
     * @param partitions number of partitions by existing topic
     */
    Optional<String> obstacle(Map<String, Integer> partitions) {
        final List<String> missing = needed().stream()
                .filter(topic -> !partitions.containsKey(topic))
                .toList();
        return missing.isEmpty()
                ? unequal(partitions).or(() -> tooMany(partitions))
                : Optional.of("topics do not exist: " + String.join(", ", missing));
    }

    /** The partitions of impressions and clicks, where they are the same. */
    Optional<Integer> joined(Map<String, Integer> partitions) {
        return Optional.ofNullable(partitions.get(topics.impressions().name()))
                .filter(count -> count.equals(partitions.get(topics.clicks().name())));
    }

    /** Whether impressions and clicks, as far as they exist, have so many partitions. */
    boolean have(int count, Map<String, Integer> partitions) {
        return Stream.of(topics.impressions(), topics.clicks())
                .allMatch(topic -> partitions.getOrDefault(topic.name(), count) == count);
    }

    /** Whether no join has kept its state yet. */
    boolean isNew(Map<String, Integer> partitions) {
        return !partitions.keySet().containsAll(changelogs);
    }

    /** The changelogs that have fewer partitions than the topics. */
    List<String> outgrown(Map<String, Integer> partitions) {
        return joined(partitions).stream()
                .flatMap(count -> changelogs.stream().filter(name -> partitions.getOrDefault(name, count) < count))
                .toList();
    }

    /** Documents are nothing to clicks, and an installation of before there were any has no such topic. */
    private List<String> needed() {
        return topics.all().stream()
                .map(TopicSpec::name)
                .filter(name -> !name.equals(topics.documents().name()))
                .toList();
    }

    private Optional<String> unequal(Map<String, Integer> partitions) {
        final String impressions = topics.impressions().name();
        final String clicks = topics.clicks().name();
        return joined(partitions).isPresent()
                ? Optional.empty()
                : Optional.of("%s has %d partitions but %s has %d; they must be equal"
                        .formatted(impressions, partitions.get(impressions), clicks, partitions.get(clicks)));
    }

    private Optional<String> tooMany(Map<String, Integer> partitions) {
        final int joined = joined(partitions).orElseThrow();
        final List<String> larger = changelogs.stream()
                .filter(name -> partitions.getOrDefault(name, joined) > joined)
                .toList();
        return larger.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        ("%s have more than the %d partitions of impressions and clicks, which were made anew with fewer: give"
                                        + " those as many again, or delete these with what waits in them")
                                .formatted(String.join(", ", larger), joined));
    }
}
