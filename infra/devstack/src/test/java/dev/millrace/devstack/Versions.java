package dev.millrace.devstack;

import dev.millrace.checkpoints.CheckpointStore;
import dev.millrace.checkpoints.Lineage;
import dev.millrace.checkpoints.Pointer;
import dev.millrace.checkpoints.Records;
import dev.millrace.checkpoints.S3Bucket;
import dev.millrace.checkpoints.S3Settings;
import dev.millrace.devstack.Endpoints.S3Access;
import java.time.Clock;

/** What the bucket says about the lineage: the manifests alone tell what became of every record. */
final class Versions implements AutoCloseable {
    private final S3Bucket bucket;
    private final CheckpointStore store;

    Versions(S3Access access) {
        bucket = S3Bucket.connect(new S3Settings(
                access.endpoint(), "us-east-1", access.bucket(), "", access.accessKey(), access.secretKey()));
        store = new CheckpointStore(bucket, Clock.systemUTC());
    }

    String head() {
        return store.head().map(Pointer::version).orElseThrow();
    }

    String stable() {
        return store.channel("stable").map(Pointer::version).orElseThrow();
    }

    Lineage lineage() {
        return store.lineage(head());
    }

    /** What became of all records since the beginning. */
    Records records() {
        return lineage().records();
    }

    @Override
    public void close() {
        bucket.close();
    }
}
