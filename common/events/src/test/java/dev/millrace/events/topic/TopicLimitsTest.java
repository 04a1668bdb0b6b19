package dev.millrace.events.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicLimitsTest {
    private static final Topics TOPICS = new Topics("t.");

    @Test
    void aRecordOfTheLargestValueFillsWhatTheTopicTakes() {
        // Given
        final TopicLimits limits = new TopicLimits(Map.of("t.pairs", 1_048_588));

        // When
        final int largest = limits.largestValue(TOPICS.pairs(), "id\u00e9");

        // Then
        assertThat(largest).isEqualTo(1_048_588 - 96 - 4);
    }

    @Test
    void aTopicThatIsNotKnownIsTakenToBeAsItShould() {
        // When
        final int largest = TopicLimits.UNKNOWN.largestValue(TOPICS.pairs(), "");

        // Then
        assertThat(largest).isEqualTo(TOPICS.pairs().maxMessageBytes() - 96);
    }

    @Test
    void topicsThatTakeTooLittleAreNamedWithTheirSetting() {
        // Given
        final TopicLimits limits = new TopicLimits(Map.of("t.pairs", 1_048_588, "t.clicks", 5_000_000));

        // When
        final var words = limits.tooSmall(List.of(TOPICS.pairs(), TOPICS.clicks(), TOPICS.impressions()));

        // Then
        assertThat(words).contains("topic t.pairs has max.message.bytes=1048588, below 1114112");
        assertThat(TopicLimits.UNKNOWN.tooSmall(TOPICS.all())).isEmpty();
    }
}
