package dev.millrace.attribution.join.topology;

import static dev.millrace.attribution.join.topology.JoinRig.TICK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Pair;
import dev.millrace.events.topic.TopicLimits;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicLimitsTest {
    private final JoinRig rig = new JoinRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aPairHasAsManyNegativesAsItsTopicTakes() {
        // Given a pair of 1,000 characters and eight negatives of as many
        rig.known.learn(new TopicLimits(Map.of("t.pairs", 5_000)));
        rig.show(impression(), 0);
        rig.click("long", "d9", 10);

        // When
        rig.timeIs(JoinRig.WINDOW + TICK.toMillis());

        // Then
        final List<Pair> pairs = rig.pairs();
        assertThat(pairs).hasSize(1);
        assertThat(EventJson.write(pairs.get(0))).hasSizeBetween(3_900, 5_000);
        assertThat(pairs.get(0).negatives()).hasSize(3);
    }

    @Test
    void aPairThatItsTopicNeverTakesIsCountedAndTheStreamGoesOn() {
        // Given
        rig.known.learn(new TopicLimits(Map.of("t.pairs", 1_000)));
        rig.show(impression(), 0);
        rig.click("long", "d1", 10);
        rig.show("short", 20);
        rig.click("short", "d1", 30);

        // When
        rig.timeIs(JoinRig.WINDOW + TICK.toMillis());

        // Then
        assertThat(rig.pairIds()).containsExactly("click:short:d1");
        assertThat(rig.count("too.large")).isEqualTo(1);
    }

    private static Impression impression() {
        return new Impression(
                "long",
                "query",
                IntStream.rangeClosed(1, 9)
                        .mapToObj(i -> new Impression.Result("d" + i, i + "x".repeat(999), i, OptionalDouble.empty()))
                        .toList(),
                JoinRig.START);
    }
}
