package dev.millrace.attribution.join.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.attribution.join.JoinMeters;
import dev.millrace.attribution.join.JoinTopics;
import dev.millrace.attribution.join.letter.DeadLetters;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Impression;
import dev.millrace.events.topic.TopicLimits;
import dev.millrace.events.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecoderTest {
    private static final long LONG_AGO = 1_000;

    private final JoinTopics topics = new JoinTopics(new Topics("t."));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final JoinMeters meters = new JoinMeters(registry);
    private final MockProcessorContext<String, Object> context = new MockProcessorContext<>();
    private final Decoder<Impression> decoder = new Decoder<>(
            new Decoder.Reading<>(EventJson::readImpression, Impression::id, Decoder.Arrival.Shown::new),
            new DeadLetters(topics, InstantSource.system(), meters),
            new MovedEvents(topics, meters));

    @BeforeEach
    void start() {
        topics.startWith(8, true);
        context.setCurrentStreamTimeMs(JoinRig.START.toEpochMilli());
        decoder.init(context);
    }

    @Test
    void aRecordOfTheTimeWhenThereWereFewerPartitionsIsPutWhereItsClicksCome() {
        // Given
        final String id = idOf(5);
        final byte[] value = EventJson.write(JoinRig.impression(id, 3));
        context.setRecordMetadata("t.impressions", 1, 7);
        context.setCurrentSystemTimeMs(LONG_AGO + 500);

        // When
        decoder.process(new Record<>(id.getBytes(StandardCharsets.UTF_8), value, LONG_AGO));

        // Then
        assertThat(context.forwarded()).singleElement().satisfies(forwarded -> {
            assertThat(forwarded.childName()).contains(JoinTopology.IMPRESSIONS_AGAIN);
            assertThat(forwarded.record().key()).isEqualTo(id);
            assertThat(forwarded.record().value()).isEqualTo(value);
            assertThat(forwarded.record().timestamp())
                    .as("its wait begins anew")
                    .isEqualTo(LONG_AGO + 500);
        });
        assertThat(moved()).isEqualTo(1);
    }

    @Test
    void aRecordInThePartitionOfItsKeyIsJoinedThere() {
        // Given
        final String id = idOf(1);
        context.setRecordMetadata("t.impressions", 1, 7);

        // When
        decoder.process(new Record<>(
                id.getBytes(StandardCharsets.UTF_8), EventJson.write(JoinRig.impression(id, 3)), LONG_AGO));

        // Then
        assertThat(context.forwarded()).singleElement().satisfies(forwarded -> assertThat(forwarded.childName())
                .contains(JoinTopology.JOIN));
        assertThat(moved()).isZero();
    }

    @Test
    void anImpressionThatItsTopicTakesNoMoreInFullIsPutThereWithFewerResults() {
        // Given
        final String id = idOf(5);
        final byte[] value = EventJson.write(JoinRig.impression(id, 20));
        context.setRecordMetadata("t.impressions", 1, 7);
        context.setCurrentSystemTimeMs(LONG_AGO);
        topics.learn(new TopicLimits(Map.of("t.impressions", 1_000)));

        // When
        decoder.process(new Record<>(id.getBytes(StandardCharsets.UTF_8), value, LONG_AGO));

        // Then
        assertThat(context.forwarded()).singleElement().satisfies(forwarded -> assertThat(
                        (byte[]) forwarded.record().value())
                .hasSizeBetween(500, 1_000));
    }

    private double moved() {
        return registry.get("millrace.attribution.moved").counter().count();
    }

    private String idOf(int partition) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> "i" + i)
                .filter(id -> topics.partitionOf(id) == partition)
                .findFirst()
                .orElseThrow();
    }
}
