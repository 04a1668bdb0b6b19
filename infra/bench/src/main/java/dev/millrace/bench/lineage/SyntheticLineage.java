package dev.millrace.bench.lineage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.Digests;
import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.lineage.RetentionRule;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Layout;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.ManifestJson;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.checkpoints.version.VersionName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Versions of three tiny files, of which one never changes, published, summed up and dropped as a trainer does it; or put there as
 * retention would leave them, with their manifest only.
 */
final class SyntheticLineage {
    private static final RetentionRule RULE = new RetentionRule(8, Duration.ofMinutes(10));
    private static final TopicIdentity TOPIC = new TopicIdentity("pairs", "bench", 4);
    private static final Records WINDOW = new Records(950, 40, 9, 1);
    private static final SortedMap<String, FileEntry> FILES = new TreeMap<>(Stream.of(
                    "config.json", "model.safetensors", "moments.bin")
            .collect(Collectors.toMap(path -> path, path -> new FileEntry(Digests.hex(path.getBytes(UTF_8)), 9))));
    private static final SortedMap<String, String> CONFIGURATION = new TreeMap<>(IntStream.range(0, 10)
            .boxed()
            .collect(Collectors.toMap(i -> "millrace.trainer.setting-" + i, i -> "value " + i)));

    private final Bucket bucket;
    private final CheckpointStore store;
    private final WindowClock clock;
    private final Path folder;
    private Optional<Pointer> head = Optional.empty();
    private Optional<String> newest = Optional.empty();
    private long published;

    /** In an empty bucket; the folder is for the files of the next version. */
    SyntheticLineage(Bucket bucket, WindowClock clock, Path folder) throws IOException {
        this.bucket = bucket;
        this.store = new CheckpointStore(bucket, clock);
        this.clock = clock;
        this.folder = folder;
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), "{}");
    }

    /** How many versions there are. */
    long versions() {
        return published;
    }

    /** What the next version consists of, on this disk. */
    void write() throws IOException {
        Files.writeString(folder.resolve("model.safetensors"), "weights " + published);
        Files.writeString(folder.resolve("moments.bin"), "moments " + published);
        clock.windowPassed();
    }

    /** Publishes it, and moves the head. */
    void publish() {
        String version = store.publish(draft(), folder).version();
        head = Optional.of(store.moveHead(head, version));
        added(version);
    }

    /** Puts a version there of which nothing is left but its manifest; the head stays behind until one is published. */
    void plant() {
        clock.windowPassed();
        Manifest manifest = Manifest.of(draft(), FILES, new TreeMap<>(), clock.instant());
        bucket.put(Layout.manifest(manifest.version()), ManifestJson.write(manifest), Condition.IF_ABSENT);
        added(manifest.version());
    }

    private void added(String version) {
        newest = Optional.of(version);
        published++;
    }

    /** Sums up where that is due. */
    void summarize() {
        store.summarize(newest.orElseThrow());
    }

    /** Drops what is old. */
    void retain() {
        store.retain(RULE);
    }

    private Draft draft() {
        boolean base = newest.isEmpty();
        return new Draft(
                new VersionName(published, "%08x".formatted(published)).toString(),
                newest,
                "space-bench",
                base ? Optional.empty() : Optional.of(TOPIC),
                base ? new TreeMap<>() : new TreeMap<>(offsets()),
                base ? Records.NONE : WINDOW,
                new TreeMap<>(Map.of("hit@1", 0.5)),
                Optional.empty(),
                CONFIGURATION);
    }

    private Map<String, Long> offsets() {
        long each = published * WINDOW.total() / TOPIC.partitions();
        return IntStream.range(0, TOPIC.partitions()).boxed().collect(Collectors.toMap(i -> "pairs-" + i, i -> each));
    }
}
