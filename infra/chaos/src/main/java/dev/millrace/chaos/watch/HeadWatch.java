package dev.millrace.chaos.watch;

import dev.millrace.checkpoints.bucket.BucketException;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.version.Manifest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Follows the head and counts what is in the lineage; each manifest is read once, for they never change. */
public final class HeadWatch implements AutoCloseable {
    private static final long PAUSE_MILLIS = 250;

    private final CheckpointStore store;
    private final Map<String, Long> learned = new ConcurrentHashMap<>();
    private final BackgroundLoop thread = new BackgroundLoop("head-watch", this::turn);
    private volatile String head = "none";

    /** Begins at once. */
    public HeadWatch(CheckpointStore store) {
        this.store = store;
        thread.start();
    }

    private void turn() throws InterruptedException {
        try {
            store.head().map(Pointer::version).ifPresent(this::seen);
        } catch (BucketException e) {
            // The bucket is away, as it is meant to be: what was known last stays.
            head = head.endsWith("?") ? head : head + "?";
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }

    private void seen(String version) {
        count(version);
        head = version;
    }

    private long count(String version) {
        if (learned.containsKey(version)) {
            return learned.get(version);
        }
        Manifest manifest = store.manifest(version).orElseThrow();
        long total =
                manifest.records().total() + manifest.parent().map(this::count).orElse(0L);
        learned.put(version, total);
        return total;
    }

    /** The lineage's tip as last seen, with a question mark while the bucket does not answer. */
    public String head() {
        return head;
    }

    /** Records in the lineage as last seen. */
    public long learned() {
        return learned.getOrDefault(head.replace("?", ""), 0L);
    }

    @Override
    public void close() {
        thread.end();
    }
}
