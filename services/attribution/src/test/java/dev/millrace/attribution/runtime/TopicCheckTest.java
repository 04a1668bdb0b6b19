package dev.millrace.attribution.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.topic.Topics;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicCheckTest {
    private final TopicCheck check = new TopicCheck(new Topics("t."));

    @Test
    void namesEveryMissingTopic() {
        assertThat(check.obstacle(Map.of("t.impressions", 4, "t.pairs", 4)))
                .contains("topics do not exist: t.clicks, t.checkpoints, t.dead-letters");
    }

    @Test
    void refusesTopicsThatCannotBeJoinedPartitionByPartition() {
        assertThat(check.obstacle(Map.of(
                        "t.impressions", 4, "t.clicks", 6, "t.pairs", 4, "t.checkpoints", 1, "t.dead-letters", 1)))
                .contains("t.impressions has 4 partitions but t.clicks has 6; they must be equal");
    }

    @Test
    void acceptsWhatTheContractCreates() {
        assertThat(check.obstacle(Map.of(
                        "t.impressions", 4, "t.clicks", 4, "t.pairs", 8, "t.checkpoints", 1, "t.dead-letters", 1)))
                .isEmpty();
    }
}
