package dev.millrace.integration;

import static org.awaitility.Awaitility.await;

import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Pair;
import dev.millrace.events.topic.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** An operator's hand on topics, and records that no door has judged. */
final class OperatedTopics implements AutoCloseable {
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    OperatedTopics(String kafka) {
        admin = Admin.create(Map.of("bootstrap.servers", kafka));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Of one partition each. */
    void make(List<TopicSpec> specs) throws ExecutionException, InterruptedException {
        admin.createTopics(specs.stream().map(spec -> topic(spec.name())).toList())
                .all()
                .get();
    }

    /** Deletes it with all that is in it, and makes another of its name. */
    void remake(TopicSpec spec) throws ExecutionException, InterruptedException {
        admin.deleteTopics(List.of(spec.name())).all().get();
        await("the topic to be gone")
                .until(() -> !admin.listTopics().names().get().contains(spec.name()));
        admin.createTopics(List.of(topic(spec.name()))).all().get();
    }

    private static NewTopic topic(String name) {
        return new NewTopic(name, Optional.of(1), Optional.empty());
    }

    void send(TopicSpec spec, List<Pair> pairs) throws ExecutionException, InterruptedException {
        List<Future<?>> sent = new ArrayList<>();
        pairs.forEach(pair -> sent.add(sent(spec, pair.id(), EventJson.write(pair))));
        for (Future<?> acknowledged : sent) {
            acknowledged.get();
        }
    }

    void send(TopicSpec spec, String key, byte[] value) throws ExecutionException, InterruptedException {
        sent(spec, key, value).get();
    }

    private Future<?> sent(TopicSpec spec, String key, byte[] value) {
        return producer.send(new ProducerRecord<>(spec.name(), key.getBytes(StandardCharsets.UTF_8), value));
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
