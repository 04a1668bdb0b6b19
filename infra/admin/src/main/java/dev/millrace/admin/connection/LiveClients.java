package dev.millrace.admin.connection;

import dev.millrace.admin.stream.KafkaClients;
import dev.millrace.admin.stream.TopicDirectory;
import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.s3.S3Bucket;
import dev.millrace.checkpoints.s3.S3Settings;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;

/** The real ones. */
public final class LiveClients implements Clients {
    @Override
    public Bucket bucket(S3Settings settings) {
        return S3Bucket.existing(settings);
    }

    @Override
    public Bucket bucketMadeIfAbsent(S3Settings settings) {
        return S3Bucket.connect(settings);
    }

    @Override
    public Consumer<byte[], byte[]> consumer(Map<String, String> properties, IsolationLevel isolation) {
        return KafkaClients.consumer(properties, isolation);
    }

    @Override
    public TopicDirectory topics(Map<String, String> properties) {
        return KafkaClients.topics(properties);
    }

    @Override
    public Producer<byte[], byte[]> producer(Map<String, String> properties) {
        return KafkaClients.producer(properties);
    }
}
