package dev.millrace.devstack.clients;

import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.lineage.Lineage;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.s3.S3Bucket;
import dev.millrace.checkpoints.s3.S3Settings;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.devstack.options.Endpoints.S3Access;
import java.time.Clock;

/** What the bucket says about the lineage: the manifests alone tell what became of every record. */
public final class Versions implements AutoCloseable {
    private final S3Bucket bucket;
    private final CheckpointStore store;

    public Versions(S3Access access) {
        this(access, "");
    }

    /** Of the lineage below a prefix, such as {@code millrace.s3.prefix} has given a trainer. */
    public Versions(S3Access access, String prefix) {
        bucket = S3Bucket.connect(new S3Settings(
                access.endpoint(), "us-east-1", access.bucket(), prefix, access.accessKey(), access.secretKey()));
        store = new CheckpointStore(bucket, Clock.systemUTC());
    }

    public CheckpointStore store() {
        return store;
    }

    public String head() {
        return store.head().map(Pointer::version).orElseThrow();
    }

    public String stable() {
        return store.channel("stable").map(Pointer::version).orElseThrow();
    }

    /** From the head to the base. */
    public Lineage lineage() {
        return store.lineage(head());
    }

    /** What became of all records since the beginning. */
    public Records records() {
        return store.ancestors().sum(head()).totals().records();
    }

    @Override
    public void close() {
        bucket.close();
    }
}
