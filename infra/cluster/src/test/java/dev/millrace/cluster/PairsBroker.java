package dev.millrace.cluster;

import dev.millrace.devstack.broker.Broker;
import dev.millrace.devstack.process.Ports;
import dev.millrace.devstack.process.Screen;
import dev.millrace.events.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker with the topics of one release, the records in its pairs, and what trainers would commit of them. */
final class PairsBroker implements AutoCloseable {
    static final int PARTITIONS = 8;
    private static final int TIMEOUT_MS = 10_000;

    private final Processes processes;
    private final Broker broker = new Broker(new Ports());
    private final String topic;
    private final String group;

    private PairsBroker(String prefix) {
        this.processes = new Processes(SharedPlane.folder("broker-" + prefix), Screen.stdout());
        this.topic = prefix + "pairs";
        this.group = prefix + "millrace-trainer";
    }

    /** The group has committed once, as one that has run does; otherwise the whole topic counts as its lag. */
    static PairsBroker start(String prefix) {
        PairsBroker started = new PairsBroker(prefix);
        started.processes.start(started.broker.spec(started.processes.layout()));
        started.processes.await(Broker.NAME, started.broker::ready);
        started.broker.create(new Topics(prefix, PARTITIONS).all());
        started.commit(0);
        return started;
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** So many further records in each partition. */
    void produce(int each) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = IntStream.range(0, each)
                    .boxed()
                    .flatMap(number -> partitions().stream().map(PairsBroker::record))
                    .map(producer::send)
                    .toList();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot produce", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ProducerRecord<byte[], byte[]> record(TopicPartition partition) {
        return new ProducerRecord<>(partition.topic(), partition.partition(), new byte[0], new byte[0]);
    }

    /** What the group has done of every partition. */
    void commit(long offset) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        partitions().forEach(partition -> offsets.put(partition, new OffsetAndMetadata(offset)));
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers(),
                "request.timeout.ms", TIMEOUT_MS,
                "default.api.timeout.ms", TIMEOUT_MS);
        try (Admin admin = Admin.create(settings)) {
            admin.alterConsumerGroupOffsets(group, offsets).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot commit", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<TopicPartition> partitions() {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    void stop() throws InterruptedException {
        processes.stop(Broker.NAME);
    }

    void startAgain() {
        processes.startAgain(Broker.NAME);
        processes.await(Broker.NAME, broker::ready);
    }

    @Override
    public void close() {
        processes.close();
    }
}
