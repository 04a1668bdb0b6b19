package dev.millrace.admin.connection;

import dev.millrace.admin.stream.TopicDirectory;
import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.s3.S3Settings;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;

/** How commands reach a bucket and a broker. */
public interface Clients {
    /** A bucket that is there already; AbsentBucketException where it is not. */
    Bucket bucket(S3Settings settings);

    /** A bucket, made if it is absent. */
    Bucket bucketMadeIfAbsent(S3Settings settings);

    /** A consumer without a group. */
    Consumer<byte[], byte[]> consumer(Map<String, String> properties, IsolationLevel isolation);

    /** What topics there are. */
    TopicDirectory topics(Map<String, String> properties);

    /** A producer that waits for all replicas. */
    Producer<byte[], byte[]> producer(Map<String, String> properties);
}
