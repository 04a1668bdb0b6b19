package dev.millrace.attribution.join.topology;

import dev.millrace.attribution.clicks.AttributionRules;
import dev.millrace.attribution.clicks.ClickAttribution;
import dev.millrace.attribution.join.JoinMeters;
import dev.millrace.attribution.join.JoinSettings;
import dev.millrace.attribution.join.JoinTopics;
import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.DeadLetter;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Pair;
import dev.millrace.events.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The service's own topology under the test driver; window 10 s, tick 1 s, times in milliseconds after the start. */
final class JoinRig implements AutoCloseable {
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    static final long WINDOW = 10_000;
    static final Duration TICK = Duration.ofSeconds(1);
    static final Duration QUIET_AFTER = Duration.ofSeconds(3);
    static final Duration SETTLING = Duration.ofMinutes(1);

    private static final Instant PRESENT = START.plus(Duration.ofDays(1));

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final TopologyTestDriver driver;
    private final Topics topics = new Topics("t.");
    final JoinTopics known = new JoinTopics(topics);
    private final TestInputTopic<byte[], byte[]> impressions;
    private final TestInputTopic<byte[], byte[]> clicks;
    private final TestInputTopic<byte[], byte[]> announcements;
    private final TestOutputTopic<String, byte[]> pairs;
    private final TestOutputTopic<String, byte[]> deadLetters;

    JoinRig() {
        this(1000);
    }

    JoinRig(int maxWaiting) {
        this(maxWaiting, Long.MAX_VALUE);
    }

    JoinRig(int maxWaiting, long maxWaitingBytes) {
        known.partitionsSeenAt(START.plus(Duration.ofDays(100_000)));
        final JoinTopology join = new JoinTopology(
                known,
                new JoinSettings(Duration.ofMillis(WINDOW), TICK, QUIET_AFTER, SETTLING, maxWaiting, maxWaitingBytes),
                new ClickAttribution(new AttributionRules(50, 8, 1, 10, Duration.ofMillis(100))),
                new JoinMeters(meters),
                () -> PRESENT);
        final Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.putAll(join.requiredSettings());
        driver = new TopologyTestDriver(join.topology(), settings, START);
        final ByteArraySerializer bytes = new ByteArraySerializer();
        impressions = driver.createInputTopic(topics.impressions().name(), bytes, bytes);
        clicks = driver.createInputTopic(topics.clicks().name(), bytes, bytes);
        announcements = driver.createInputTopic(topics.checkpoints().name(), bytes, bytes);
        final StringDeserializer keys = new StringDeserializer();
        pairs = driver.createOutputTopic(topics.pairs().name(), keys, new ByteArrayDeserializer());
        deadLetters = driver.createOutputTopic(topics.deadLetters().name(), keys, new ByteArrayDeserializer());
    }

    static Impression impression(String id, int results) {
        return new Impression(
                id,
                "query of " + id,
                IntStream.rangeClosed(1, results)
                        .mapToObj(i -> new Impression.Result("d" + i, "text " + i, i, OptionalDouble.empty()))
                        .toList(),
                START);
    }

    static Click click(String impressionId, String docId) {
        return new Click(impressionId, docId, OptionalLong.empty(), START);
    }

    void show(String id, long at) {
        show(impression(id, 5), at);
    }

    void show(Impression impression, long at) {
        rawImpression(Optional.of(impression.id()), EventJson.write(impression), at);
    }

    void click(String impressionId, String docId, long at) {
        click(click(impressionId, docId), at);
    }

    void click(Click click, long at) {
        final byte[] key = click.impressionId().getBytes(StandardCharsets.UTF_8);
        clicks.pipeInput(key, EventJson.write(click), START.toEpochMilli() + at);
    }

    void rawImpression(Optional<String> key, byte[] value, long at) {
        final byte[] bytes =
                key.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
        impressions.pipeInput(bytes, value, START.toEpochMilli() + at);
    }

    void announce(Optional<byte[]> value) {
        announcements.pipeInput("stable".getBytes(StandardCharsets.UTF_8), value.orElse(null), START.toEpochMilli());
    }

    /** Records that only move both topics' time on. */
    void timeIs(long at) {
        clicksRead(at);
        impressionsRead(at);
    }

    void clicksRead(long at) {
        click("i-" + at, "none", at);
    }

    void impressionsRead(long at) {
        show("i-" + at, at);
    }

    List<Pair> pairs() {
        return pairs.readValuesToList().stream()
                .map(json -> ((Decoded.Valid<Pair>) EventJson.readPair(json)).event())
                .toList();
    }

    List<String> pairIds() {
        return pairs().stream().map(Pair::id).toList();
    }

    List<TestRecord<String, byte[]>> pairRecords() {
        return pairs.readRecordsToList();
    }

    List<DeadLetter> deadLetters() {
        return deadLetters.readValuesToList().stream()
                .map(json -> ((Decoded.Valid<DeadLetter>) EventJson.readDeadLetter(json)).event())
                .toList();
    }

    double impressions(String fate) {
        return meters.get("millrace.attribution.impressions")
                .tag("fate", fate)
                .counter()
                .count();
    }

    double unusedClicks(String fate) {
        return meters.get("millrace.attribution.clicks.unused")
                .tag("fate", fate)
                .counter()
                .count();
    }

    double count(String name) {
        return meters.get("millrace.attribution." + name).counter().count();
    }

    /** No record comes for so many ticks of the wall clock. */
    void silence(int ticks) {
        IntStream.range(0, ticks).forEach(tick -> driver.advanceWallClockTime(TICK));
    }

    /** Entries of every store of what waits, which must all be gone once nothing does. */
    long stored() {
        return driver.getAllStateStores().keySet().stream()
                .filter(name -> !name.equals("partitioning"))
                .mapToLong(name -> driver.getKeyValueStore(name).approximateNumEntries())
                .sum();
    }

    @Override
    public void close() {
        driver.close();
    }
}
