package dev.millrace.events.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {
    @Test
    void everyTopicCarriesThePrefix() {
        // When
        final Topics topics = new Topics("blue.");

        // Then
        assertThat(topics.all())
                .extracting(TopicSpec::name)
                .containsExactly(
                        "blue.impressions",
                        "blue.clicks",
                        "blue.pairs",
                        "blue.documents",
                        "blue.checkpoints",
                        "blue.dead-letters");
    }

    @Test
    void impressionsAndClicksHaveTheSamePartitionsSoThatTheyCanBeJoined() {
        // When
        final Topics topics = new Topics("", 7);

        // Then
        assertThat(topics.clicks().partitions())
                .isEqualTo(7)
                .isEqualTo(topics.impressions().partitions());
    }

    @Test
    void pairsAreDeletedByAge() {
        // When
        final TopicSpec pairs = new Topics("").pairs();

        // Then
        assertThat(pairs.partitions()).isEqualTo(4);
        assertThat(pairs.settings())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "2592000000")
                .containsEntry("max.message.bytes", "1114112");
    }

    @Test
    void checkpointsAreCompactedAndNeverDeletedByAge() {
        // When
        final TopicSpec checkpoints = new Topics("").checkpoints();

        // Then
        assertThat(checkpoints.settings())
                .containsEntry("cleanup.policy", "compact")
                .doesNotContainKey("retention.ms");
    }

    @Test
    void documentsAreCompactedSoThatTheNewestOfEachIdStays() {
        // When
        final TopicSpec documents = new Topics("", 7).documents();

        // Then
        assertThat(documents.partitions()).isEqualTo(7);
        assertThat(documents.settings())
                .containsEntry("cleanup.policy", "compact")
                .doesNotContainKey("retention.ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "ü"})
    void refusesAPrefixKafkaWouldRefuse(String prefix) {
        // When
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Topics(prefix))
                // Then
                .withMessageContaining("prefix");
    }
}
