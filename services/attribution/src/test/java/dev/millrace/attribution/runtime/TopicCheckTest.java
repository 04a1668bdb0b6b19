package dev.millrace.attribution.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopicCheckTest {
    private final TopicCheck check = new TopicCheck(new Topics("t."), List.of("a-one-changelog", "a-two-changelog"));

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

    @Test
    void findsTheChangelogsThatTheTopicsHaveOutgrown() {
        // Given
        final Map<String, Integer> partitions = partitions(8, 4, 8);

        // When
        final List<String> outgrown = check.outgrown(partitions);

        // Then
        assertThat(outgrown).containsExactly("a-one-changelog");
        assertThat(check.obstacle(partitions)).isEmpty();
    }

    @Test
    void namesChangelogsOfTopicsThatWereMadeAnewWithFewerPartitions() {
        // When
        final Optional<String> obstacle = check.obstacle(partitions(4, 8, 4));

        // Then
        assertThat(obstacle.orElseThrow()).startsWith("a-one-changelog have more than the 4 partitions");
    }

    @Test
    void knowsWhetherThereWasAJoinBefore() {
        assertThat(check.isNew(Map.of("t.impressions", 4, "t.clicks", 4))).isTrue();
        assertThat(check.isNew(partitions(8, 4, 4))).isFalse();
    }

    @Test
    void oneOfTheTopicsWithMorePartitionsIsEnoughOfAChange() {
        assertThat(check.have(4, Map.of("t.impressions", 4, "t.clicks", 8))).isFalse();
        assertThat(check.have(4, Map.of("t.impressions", 4, "t.clicks", 4))).isTrue();
        assertThat(check.have(4, Map.of())).as("topics that are not there").isTrue();
    }

    private static Map<String, Integer> partitions(int topics, int one, int two) {
        return Map.of(
                "t.impressions",
                topics,
                "t.clicks",
                topics,
                "t.pairs",
                4,
                "t.checkpoints",
                1,
                "t.dead-letters",
                1,
                "a-one-changelog",
                one,
                "a-two-changelog",
                two);
    }
}
