package dev.millrace.trainer.testing;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.events.json.Decoded;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.lineage.LineageStore;
import dev.millrace.trainer.lineage.LineageStore.Position;
import dev.millrace.trainer.lineage.VersionNames;
import dev.millrace.trainer.lineage.WorkFolder;
import dev.millrace.trainer.stream.Window;
import dev.millrace.trainer.stream.Window.Entry;
import dev.millrace.trainer.stream.WindowBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A bucket, a tiny base model and what a trainer needs to work on them, without Kafka and without threads. */
public final class Workshop {
    /** Learns {@link Pairs#lesson} in a few windows. */
    public static final LearningConfig EAGER = Configs.learning(
            "learning-rate", "0.003",
            "batch-pairs", "32",
            "held-out-share", "0.15",
            "warmup-steps", "0",
            "average-decay", "0.8");

    public static final int WINDOW = 96;

    private final CheckpointStore store;
    private final Path folder;
    private final EncoderOptions options;

    public Workshop(Path folder, Precision precision, int threads) {
        this(folder, precision, threads, new InMemoryBucket(new SettableClock()));
    }

    /** In a bucket with a will of its own. */
    public Workshop(Path folder, Precision precision, int threads, Bucket bucket) {
        this.folder = folder;
        options = new EncoderOptions("cpu", precision, threads, 128);
        store = new CheckpointStore(bucket, new SettableClock());
        TinyModel.write(folder.resolve("base"));
    }

    public CheckpointStore store() {
        return store;
    }

    public Path baseModel() {
        return folder.resolve("base");
    }

    /** A trainer's end of the bucket; its name is also its nonces' seed. */
    public LineageStore lineage(int trainer) {
        return new LineageStore(
                store,
                new WorkFolder(folder.resolve("work-" + trainer)),
                new VersionNames(new SplittableRandom(trainer)::nextLong),
                new TreeMap<>(),
                1000);
    }

    public Learner learner(Path version) {
        return new Learner(version, options, EAGER, Configs.gate(), () -> 0);
    }

    /** Takes up the lineage (or begins it) and learns windows of the stream until none is left whole. */
    public Position train(LineageStore lineage, List<Pair> stream, int windows) {
        Position position = lineage.position().orElseGet(() -> lineage.begin(baseModel()));
        try (Learner learner = learner(lineage.download(position))) {
            for (int i = 0; i < windows; i++) {
                Window window = next(position.manifest(), stream);
                Learner.Outcome outcome = learner.learn(window.pairs(), () -> {});
                position = lineage.publish(position, lineage.snapshot(learner), window, outcome);
            }
        }
        return position;
    }

    /** The window that follows a version in a stream of one partition. */
    public static Window next(Manifest manifest, List<Pair> stream) {
        WindowBuilder window = new WindowBuilder(WINDOW, Duration.ofHours(1), new SettableClock());
        long offset = manifest.offsets().getOrDefault("pairs-0", 0L);
        for (long i = offset; i < stream.size() && !window.isFull(); i++) {
            window.add(new Entry(PairsTopic.partition(0), i, new Decoded.Valid<>(stream.get((int) i))));
        }
        return window.build();
    }

    /** Names and hashes of all files of a version. */
    public SortedMap<String, FileEntry> files(Position position) {
        return store.verify(position.manifest().version()).files();
    }
}
