package dev.millrace.integration;

import dev.millrace.events.json.BadRecords;
import dev.millrace.events.json.BadRecords.Bad;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Event;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Pair;
import dev.millrace.events.topic.TopicSpec;
import dev.millrace.events.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Another producer, which puts bad records on every topic of events, and good ones among them. */
final class Flood implements AutoCloseable {
    private static final Topics TOPICS = new Topics("");
    private static final int LARGEST = 12 << 20;

    private final Random random;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, BadRecords> bad;
    private final Map<Place, Fault> expected = new ConcurrentHashMap<>();

    /** Where a record stands. */
    record Place(String topic, int partition, long offset) {}

    /** What is to be said of it. */
    record Fault(String field, String reason) {}

    Flood(String kafka, long seed) {
        random = new Random(seed);
        List<String> topics = List.of(
                TOPICS.pairs().name(),
                TOPICS.impressions().name(),
                TOPICS.clicks().name(),
                TOPICS.checkpoints().name());
        List<Event> examples = BadRecords.examples(Instant.EPOCH);
        Instant now = Instant.now();
        bad = topics.stream()
                .collect(Collectors.toMap(
                        topic -> topic,
                        topic -> new BadRecords(
                                examples.get(topics.indexOf(topic)), seed + topics.indexOf(topic), now)));
        // What a topic allows is its operator's choice, so readers must bear more than the contract's own limit.
        TopicLimit.set(kafka, topics, LARGEST);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "max.request.size", LARGEST, "batch.size", 1 << 16),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** What every bad record's dead letter has to say, once {@link #send} has returned. */
    Map<Place, Fault> expected() {
        return expected;
    }

    /** How many of them are on a topic. */
    long expectedOn(TopicSpec topic) {
        return expected.keySet().stream()
                .filter(place -> place.topic().equals(topic.name()))
                .count();
    }

    /** Sends the good pairs, impressions and clicks with so many bad records on each topic evenly between them. */
    void send(int badOnEach, List<Pair> pairs, List<Impression> impressions, List<Click> clicks) {
        List<ProducerRecord<byte[], byte[]>> good = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            good.add(record(TOPICS.pairs(), pairs.get(i).id(), EventJson.write(pairs.get(i))));
            if (i < impressions.size()) {
                Impression impression = impressions.get(i);
                Click click = clicks.get(i);
                good.add(record(TOPICS.impressions(), impression.id(), EventJson.write(impression)));
                good.add(record(TOPICS.clicks(), click.impressionId(), EventJson.write(click)));
            }
        }
        long sent = 0;
        for (int i = 0; i < good.size(); i++) {
            for (; sent * good.size() < (long) badOnEach * (i + 1); sent++) {
                bad.forEach(this::sendBad);
            }
            send(good.get(i), Optional.empty());
        }
        producer.flush();
    }

    private void sendBad(String topic, BadRecords records) {
        Bad next = records.next();
        send(
                new ProducerRecord<>(
                        topic,
                        null,
                        time(),
                        key(topic).orElse(null),
                        next.value().orElse(null)),
                Optional.of(new Fault(next.field(), next.reason())));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears all that the future would tell
    private void send(ProducerRecord<byte[], byte[]> record, Optional<Fault> fault) {
        record.headers().add("traceparent", "of another system".getBytes(StandardCharsets.UTF_8));
        producer.send(record, (place, failure) -> {
            if (failure != null) {
                throw new KafkaException("the flood is not taken", failure);
            }
            fault.ifPresent(what -> expected.put(new Place(place.topic(), place.partition(), place.offset()), what));
        });
    }

    /** From long ago to as far ahead as a broker allows. */
    private long time() {
        Instant now = Instant.now();
        return switch (random.nextInt(10)) {
            case 0 -> now.minus(Duration.ofDays(20)).toEpochMilli();
            case 1 -> now.plus(Duration.ofMinutes(50)).toEpochMilli();
            default -> now.toEpochMilli();
        };
    }

    /** A compacted topic takes no record without a key. */
    private Optional<byte[]> key(String topic) {
        byte[] noise = new byte[1 + random.nextInt(40)];
        random.nextBytes(noise);
        return switch (random.nextInt(20)) {
            case 0 -> Optional.of(noise);
            case 1 -> Optional.of(new byte[10_000]);
            case 2, 3, 4 ->
                Optional.of(noise)
                        .filter(any -> topic.equals(TOPICS.checkpoints().name()));
            default -> Optional.of(("bad-" + random.nextInt(1000)).getBytes(StandardCharsets.UTF_8));
        };
    }

    private static ProducerRecord<byte[], byte[]> record(TopicSpec topic, String key, byte[] value) {
        return new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), value);
    }

    @Override
    public void close() {
        producer.close();
    }
}
