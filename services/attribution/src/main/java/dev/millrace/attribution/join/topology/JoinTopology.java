package dev.millrace.attribution.join.topology;

import dev.millrace.attribution.clicks.ClickAttribution;
import dev.millrace.attribution.join.JoinMeters;
import dev.millrace.attribution.join.JoinSettings;
import dev.millrace.attribution.join.JoinTopics;
import dev.millrace.attribution.join.letter.DeadLetters;
import dev.millrace.attribution.join.letter.SetAside;
import dev.millrace.attribution.join.store.HeldBytes;
import dev.millrace.attribution.join.store.WaitingStores;
import dev.millrace.attribution.join.topology.Decoder.Arrival;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Event;
import dev.millrace.events.record.Impression;
import dev.millrace.events.topic.TopicSpec;
import dev.millrace.events.topic.Topics;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** The way of the records: topic, decoder, join, pairs; bad ones to the dead letters. Beside it, announcements are checked. */
public final class JoinTopology {
    static final String JOIN = "join";
    static final String PAIRS = "pairs";
    static final String DEAD_LETTERS = "dead-letters";
    static final String IMPRESSIONS_AGAIN = "impressions-again";
    static final String CLICKS_AGAIN = "clicks-again";

    private static final String ANNOUNCEMENTS = "announcements";

    private static final Decoder.Reading<Impression> IMPRESSIONS =
            new Decoder.Reading<>(EventJson::readImpression, Impression::id, Arrival.Shown::new);
    private static final Decoder.Reading<Click> CLICKS =
            new Decoder.Reading<>(EventJson::readClick, Click::impressionId, Arrival.Clicked::new);

    private final JoinTopics topics;
    private final JoinSettings settings;
    private final ClickAttribution attribution;
    private final JoinMeters meters;
    private final InstantSource clock;

    public JoinTopology(
            JoinTopics topics,
            JoinSettings settings,
            ClickAttribution attribution,
            JoinMeters meters,
            InstantSource clock) {
        this.topics = topics;
        this.settings = settings;
        this.attribution = attribution;
        this.meters = meters;
        this.clock = clock;
    }

    public Topics topics() {
        return topics.names();
    }

    public Topology topology() {
        final Topology topology = new Topology();
        final HeldBytes held = new HeldBytes(settings.maxWaitingBytes());
        decode(topology, "impressions", topics.names().impressions().name(), IMPRESSIONS);
        decode(topology, "clicks", topics.names().clicks().name(), CLICKS);
        topology.addProcessor(
                JOIN,
                () -> new JoinProcessor(settings, attribution, meters, topics, held),
                decoder("impressions"),
                decoder("clicks"));
        WaitingStores.builders().forEach(store -> topology.addStateStore(store, JOIN));
        final StringSerializer keys = new StringSerializer();
        final ByteArraySerializer values = new ByteArraySerializer();
        topology.addSink(PAIRS, topics.names().pairs().name(), keys, values, JOIN);
        topology.addSink(
                DEAD_LETTERS,
                topics.names().deadLetters().name(),
                keys,
                values,
                decoder("impressions"),
                decoder("clicks"));
        again(topology, IMPRESSIONS_AGAIN, topics.names().impressions(), decoder("impressions"));
        again(topology, CLICKS_AGAIN, topics.names().clicks(), decoder("clicks"));
        check(topology, ANNOUNCEMENTS, topics.names().checkpoints().name());
        return topology;
    }

    /** The settings without which this topology would not do what it says. */
    public Map<String, Object> requiredSettings() {
        return Map.of(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                SetAside.class,
                SetAside.DEAD_LETTERS,
                deadLetters());
    }

    private <T extends Event> void decode(Topology topology, String name, String topic, Decoder.Reading<T> reading) {
        read(topology, name, topic);
        topology.addProcessor(
                decoder(name), () -> new Decoder<>(reading, deadLetters(), new MovedEvents(topics, meters)), name);
    }

    /** Chooses the partition itself, by the number that the decoders go by. */
    private void again(Topology topology, String sink, TopicSpec topic, String decoder) {
        topology.addSink(
                sink,
                topic.name(),
                new StringSerializer(),
                new ByteArraySerializer(),
                (StreamPartitioner<String, byte[]>)
                        (name, id, value, count) -> Optional.of(Set.of(topics.partitionOf(id))),
                decoder,
                JOIN);
    }

    /** With a sink of its own, for a shared one would make Kafka Streams give both the same tasks. */
    private void check(Topology topology, String name, String topic) {
        read(topology, name, topic);
        topology.addProcessor(decoder(name), () -> new AnnouncementCheck(deadLetters()), name);
        topology.addSink(
                DEAD_LETTERS + "-of-" + name,
                topics.names().deadLetters().name(),
                new StringSerializer(),
                new ByteArraySerializer(),
                decoder(name));
    }

    private void read(Topology topology, String name, String topic) {
        final ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        topology.addSource(AutoOffsetReset.earliest(), name, new ArrivalTime(clock), bytes, bytes, topic);
    }

    private DeadLetters deadLetters() {
        return new DeadLetters(topics, clock, meters);
    }

    private static String decoder(String source) {
        return "decode-" + source;
    }
}
