package dev.millrace.attribution.join.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.attribution.join.JoinMeters;
import dev.millrace.attribution.join.JoinTopics;
import dev.millrace.attribution.join.letter.DeadLetters;
import dev.millrace.attribution.join.letter.SetAside;
import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.DeadLetter;
import dev.millrace.events.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class SetAsideTest {
    private static final Duration TICK = Duration.ofSeconds(1);

    @Test
    void aValidRecordThatCannotBeProcessedBecomesADeadLetter() {
        try (TopologyTestDriver driver = driver()) {
            // Given
            final byte[] value = "value".getBytes(StandardCharsets.UTF_8);

            // When
            driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer())
                    .pipeInput("key".getBytes(StandardCharsets.UTF_8), value);

            // Then
            final List<byte[]> letters = driver.createOutputTopic(
                            "t.dead-letters", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readValuesToList();
            assertThat(letters).singleElement().satisfies(json -> {
                final DeadLetter letter = ((Decoded.Valid<DeadLetter>) EventJson.readDeadLetter(json)).event();
                assertThat(letter.reason()).isEqualTo("processing failed: IllegalStateException");
                assertThat(letter.topic()).isEqualTo("in");
                assertThat(letter.key()).contains("key");
                assertThat(letter.value()).isEqualTo(value);
            });
        }
    }

    @Test
    void aFailureBetweenRecordsIsNotSwallowed() {
        try (TopologyTestDriver driver = driver()) {
            assertThatThrownBy(() -> driver.advanceWallClockTime(TICK))
                    .hasRootCauseInstanceOf(IllegalStateException.class);
        }
    }

    private static TopologyTestDriver driver() {
        final DeadLetters letters = new DeadLetters(
                new JoinTopics(new Topics("t.")), InstantSource.system(), new JoinMeters(new SimpleMeterRegistry()));
        final Topology topology = new Topology();
        topology.addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in");
        topology.addProcessor("failing", Failing::new, "source");
        final Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, SetAside.class);
        settings.put(SetAside.DEAD_LETTERS, letters);
        return new TopologyTestDriver(topology, settings);
    }

    private static final class Failing implements Processor<byte[], byte[], Void, Void> {
        @Override
        public void init(ProcessorContext<Void, Void> context) {
            context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, time -> {
                throw new IllegalStateException("between records");
            });
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            throw new IllegalStateException("at a record");
        }
    }
}
