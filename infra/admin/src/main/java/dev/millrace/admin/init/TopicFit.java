package dev.millrace.admin.init;

import dev.millrace.events.topic.TopicSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a topic that is there can carry what Millrace sends; retention and more partitions are the operator's own choice. */
final class TopicFit {
    private static final String LARGEST = "max.message.bytes";
    private static final String CLEANUP = "cleanup.policy";
    private static final String COMPACT = "compact";

    private TopicFit() {}

    /** What does not fit: the setting, its value, the wanted one, and how to mend it. */
    static List<String> misfits(TopicSpec wanted, Map<String, String> settings) {
        List<String> misfits = new ArrayList<>();
        Optional.ofNullable(settings.get(LARGEST))
                .map(Long::parseLong)
                .filter(bytes -> bytes < wanted.maxMessageBytes())
                .ifPresent(bytes -> misfits.add(LARGEST + " is " + bytes + ", wanted " + wanted.maxMessageBytes()
                        + " or more: larger events are refused there"));
        Optional.ofNullable(settings.get(CLEANUP))
                .filter(policy -> policy.contains(COMPACT) != wanted.compacted())
                .ifPresent(policy -> misfits.add(CLEANUP + " is " + policy + ", wanted "
                        + wanted.settings().get(CLEANUP)
                        + (wanted.compacted() ? "" : ": compaction would remove records before they are learned")));
        return misfits;
    }

    /** Impressions and clicks are joined partition by partition, so they must have the same number. */
    static Optional<String> unjoinable(int impressions, int clicks) {
        return impressions == clicks
                ? Optional.empty()
                : Optional.of("partitions are " + clicks + ", wanted " + impressions + " as of the impressions: the two"
                        + " are joined partition by partition");
    }
}
