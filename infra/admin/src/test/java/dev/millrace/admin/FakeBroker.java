package dev.millrace.admin;

import dev.millrace.admin.connection.Clients;
import dev.millrace.admin.stream.TopicDirectory;
import dev.millrace.checkpoints.bucket.AbsentBucketException;
import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.s3.S3Settings;
import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.events.topic.TopicSpec;
import dev.millrace.events.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker in memory with an installation's topics, one partition each, beside a bucket. */
public final class FakeBroker implements Clients {
    private final Bucket bucket;
    private final Map<String, List<ProducerRecord<byte[], byte[]>>> log = new TreeMap<>();
    private final Map<String, Long> begins = new HashMap<>();
    private final Map<String, Integer> made = new HashMap<>();
    private final Map<String, Map<String, String>> settings = new HashMap<>();
    private final Map<String, Integer> partitions = new HashMap<>();
    private boolean conditionsIgnored;
    private boolean bucketIsThere = true;
    private boolean down;

    public FakeBroker(Bucket bucket) {
        this.bucket = bucket;
        new Topics("").all().forEach(topic -> log.put(topic.name(), new ArrayList<>()));
    }

    public List<ProducerRecord<byte[], byte[]>> records(String topic) {
        return log.get(topic);
    }

    public void post(String topic, byte[] value) {
        log.get(topic).add(new ProducerRecord<>(topic, 0, 0L, new byte[0], value));
    }

    /** The topic begins at this offset from now on. */
    public void forget(String topic, long begin) {
        begins.put(topic, begin);
    }

    /** The bucket takes every write, whatever its condition. */
    public void ignoreConditions() {
        conditionsIgnored = true;
    }

    /** Nothing is there but a broker and an S3 server. */
    public void beEmpty() {
        log.clear();
        bucketIsThere = false;
    }

    /** The topic has these settings and so many partitions, made by somebody's hand. */
    public void set(String topic, int count, Map<String, String> values) {
        partitions.put(topic, count);
        settings.put(topic, values);
    }

    /** The settings that the topic has. */
    public Map<String, String> settings(String topic) {
        return settings.get(topic);
    }

    public void goDown() {
        down = true;
    }

    @Override
    public Bucket bucket(S3Settings settings) {
        if (!bucketIsThere) {
            throw new AbsentBucketException(settings.bucket());
        }
        return conditionsIgnored ? new UnconditionalBucket(bucket) : bucket;
    }

    @Override
    public Bucket bucketMadeIfAbsent(S3Settings settings) {
        bucketIsThere = true;
        return bucket(settings);
    }

    @Override
    public Consumer<byte[], byte[]> consumer(Map<String, String> properties, IsolationLevel isolation) {
        return new Reading();
    }

    /** The topic is deleted and made again. */
    public void makeAnew(String topic) {
        log.get(topic).clear();
        made.merge(topic, 2, (before, second) -> before + 1);
    }

    /** What the topic is now. */
    public TopicIdentity identity(String topic) {
        return new TopicIdentity(topic, topic + "-" + made.getOrDefault(topic, 1), partitions.getOrDefault(topic, 1));
    }

    @Override
    public TopicDirectory topics(Map<String, String> properties) {
        return new Directory();
    }

    private final class Directory implements TopicDirectory {
        @Override
        public Optional<TopicIdentity> find(String topic) {
            if (down) {
                throw new TimeoutException("no metadata");
            }
            return log.containsKey(topic) ? Optional.of(identity(topic)) : Optional.empty();
        }

        @Override
        public Map<String, String> settings(String topic) {
            return settings.getOrDefault(topic, Map.of());
        }

        @Override
        public void create(TopicSpec topic, Optional<Short> replication) {
            log.put(topic.name(), new ArrayList<>());
            settings.put(topic.name(), topic.settings());
            partitions.put(topic.name(), topic.partitions());
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    @Override
    public Producer<byte[], byte[]> producer(Map<String, String> properties) {
        return new Writing();
    }

    private final class Reading extends MockConsumer<byte[], byte[]> {
        Reading() {
            super("none");
            Node node = new Node(0, "broker", 1);
            log.forEach((topic, records) -> {
                TopicPartition partition = new TopicPartition(topic, 0);
                updatePartitions(topic, List.of(new PartitionInfo(topic, 0, node, new Node[0], new Node[0])));
                updateBeginningOffsets(Map.of(partition, begins.getOrDefault(topic, 0L)));
                updateEndOffsets(Map.of(partition, (long) records.size()));
            });
        }

        @Override
        public synchronized List<PartitionInfo> partitionsFor(String topic) {
            if (down) {
                throw new TimeoutException("no metadata");
            }
            return super.partitionsFor(topic);
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
            Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
            times.forEach((partition, time) -> {
                List<ProducerRecord<byte[], byte[]>> records = log.get(partition.topic());
                IntStream.range(0, records.size())
                        .filter(i -> records.get(i).timestamp() >= time)
                        .boxed()
                        .findFirst()
                        .ifPresent(i -> found.put(partition, new OffsetAndTimestamp(i, time)));
            });
            return found;
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            for (TopicPartition partition : assignment()) {
                if (!paused().contains(partition)) {
                    offer(partition);
                }
            }
            return super.poll(timeout);
        }

        private void offer(TopicPartition partition) {
            List<ProducerRecord<byte[], byte[]>> records = log.get(partition.topic());
            for (int i = (int) position(partition); i < records.size(); i++) {
                ProducerRecord<byte[], byte[]> sent = records.get(i);
                ConsumerRecord<byte[], byte[]> record =
                        new ConsumerRecord<>(partition.topic(), 0, i, sent.key(), sent.value());
                sent.headers().forEach(header -> record.headers().add(header));
                addRecord(record);
            }
        }
    }

    private final class Writing extends MockProducer<byte[], byte[]> {
        Writing() {
            super(true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
            if (down) {
                sendException = new TimeoutException("no metadata");
            }
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            Future<RecordMetadata> sent = super.send(record, callback);
            long now = Optional.ofNullable(record.timestamp()).orElseGet(System::currentTimeMillis);
            log.get(record.topic())
                    .add(new ProducerRecord<>(record.topic(), 0, now, record.key(), record.value(), record.headers()));
            return sent;
        }
    }
}
