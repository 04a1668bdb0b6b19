package dev.millrace.bench.lineage;

import dev.millrace.admin.connection.Clients;
import dev.millrace.admin.connection.ConnectionOptions;
import dev.millrace.admin.connection.Environment;
import dev.millrace.admin.stream.TopicDirectory;
import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.s3.S3Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;

/** What an operator's commands find: one bucket, whatever it is called, and no broker. */
record OneBucket(Bucket bucket) implements Clients {
    private static final Map<String, String> VARIABLES = Map.of(
            "MILLRACE_S3_ENDPOINT", "http://127.0.0.1:9000",
            "MILLRACE_S3_ACCESS_KEY", "bench",
            "MILLRACE_S3_SECRET_KEY", "bench");

    ConnectionOptions options() {
        return new ConnectionOptions(new Environment(VARIABLES, Path.of("none"), this, Clock.systemUTC()));
    }

    @Override
    public Bucket bucket(S3Settings settings) {
        return bucket;
    }

    @Override
    public Bucket bucketMadeIfAbsent(S3Settings settings) {
        return bucket;
    }

    @Override
    public Consumer<byte[], byte[]> consumer(Map<String, String> properties, IsolationLevel isolation) {
        throw noBroker();
    }

    @Override
    public TopicDirectory topics(Map<String, String> properties) {
        throw noBroker();
    }

    @Override
    public Producer<byte[], byte[]> producer(Map<String, String> properties) {
        throw noBroker();
    }

    private static UnsupportedOperationException noBroker() {
        return new UnsupportedOperationException("there is no broker here");
    }
}
