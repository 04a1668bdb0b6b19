package dev.millrace.trainer.testing;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.lineage.RetentionRule;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.events.json.Decoded;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.MergedRound;
import dev.millrace.trainer.learning.ModelProof;
import dev.millrace.trainer.learning.round.Merge;
import dev.millrace.trainer.learning.round.OuterStep;
import dev.millrace.trainer.learning.round.Quorum;
import dev.millrace.trainer.learning.round.delta.DeltaCodecs;
import dev.millrace.trainer.learning.settings.GateConfig;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.lineage.Advance;
import dev.millrace.trainer.lineage.Beginning;
import dev.millrace.trainer.lineage.LineageStore;
import dev.millrace.trainer.lineage.LineageStore.Position;
import dev.millrace.trainer.lineage.VersionNames;
import dev.millrace.trainer.lineage.WorkFolder;
import dev.millrace.trainer.round.RoundRules;
import dev.millrace.trainer.round.Rounds;
import dev.millrace.trainer.round.ShareStore;
import dev.millrace.trainer.stream.Window;
import dev.millrace.trainer.stream.Window.Entry;
import dev.millrace.trainer.stream.WindowBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A bucket, a tiny base model and what a trainer needs to work on them, without Kafka and without threads. */
public final class Workshop {
    /** Learns {@link Pairs#lesson} in a few windows. */
    public static final LearningConfig EAGER = eager();

    private static LearningConfig eager(String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "learning-rate", "0.003",
                "batch-pairs", "32",
                "held-out-share", "0.15",
                "warmup-steps", "0",
                "average-decay", "0.8"));
        settings.addAll(List.of(more));
        return Configs.learning(settings.toArray(String[]::new));
    }

    public static final int WINDOW = 96;

    private final Bucket bucket;
    private final CheckpointStore store;
    private final Path folder;
    private final EncoderOptions options;
    private final int keptVersions;

    public Workshop(Path folder, Precision precision, int threads) {
        this(folder, precision, threads, new InMemoryBucket(new SettableClock()));
    }

    /** In a bucket with a will of its own. */
    public Workshop(Path folder, Precision precision, int threads, Bucket bucket) {
        this(folder, precision, threads, bucket, 1000);
    }

    /** Keeping so many versions. */
    public Workshop(Path folder, Precision precision, int threads, Bucket bucket, int keptVersions) {
        this.keptVersions = keptVersions;
        this.folder = folder;
        options = new EncoderOptions("cpu", precision, threads, 128);
        this.bucket = bucket;
        store = new CheckpointStore(bucket, new SettableClock());
        BaseModel.write(folder.resolve("base"));
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
                work(trainer),
                new VersionNames(new SplittableRandom(trainer)::nextLong),
                new TreeMap<>(),
                RetentionRule.newest(keptVersions));
    }

    /** What a trainer does together with others; as {@link #lineage}. */
    public Rounds rounds(int trainer) {
        return rounds(trainer, new SettableClock());
    }

    /** As {@link #rounds(int)}, by this clock. */
    public Rounds rounds(int trainer, InstantSource clock) {
        RoundRules rules = new RoundRules(
                new Merge(new OuterStep(1, 0, 1), EAGER.averageDecay()),
                new Quorum(0.5, Duration.ofSeconds(2), Duration.ofSeconds(20)),
                DeltaCodecs.named("fp32"),
                true,
                clock);
        return new Rounds(
                new ShareStore(bucket, folder.resolve("rounds-" + trainer), new SplittableRandom(trainer)::nextLong),
                rules,
                "trainer-" + trainer);
    }

    /** Keys of what trainers have brought to rounds and nobody took away. */
    public List<String> shares() {
        return bucket.list("rounds/").stream().map(entry -> entry.key()).toList();
    }

    /** Writes something else in place of an object. */
    public void alter(String key) {
        bucket.put(key, new byte[] {1, 2, 3}, Condition.ALWAYS);
    }

    public WorkFolder work(int trainer) {
        return new WorkFolder(folder.resolve("work-" + trainer));
    }

    public Beginning beginning(int trainer) {
        return beginning(trainer, Optional.of(baseModel()));
    }

    /** How a trainer begins with another model, or none. */
    public Beginning beginning(int trainer, Optional<Path> baseModel) {
        return new Beginning(store, work(trainer), new TreeMap<>(), baseModel, new ModelProof(options));
    }

    /** A learner that does something before every window, such as failing. */
    public Learner learnerAfter(Path version, Consumer<List<Pair>> first) {
        return new Learner(version, options, EAGER, Configs.gate(), () -> 0) {
            @Override
            public Outcome learn(List<Pair> window, Runnable between) {
                first.accept(window);
                return super.learn(window, between);
            }
        };
    }

    /** A learner that does something before it teaches itself a window for a round. */
    public Learner learnerTeachingAfter(Path version, Runnable first) {
        return new Learner(version, options, EAGER, Configs.gate(), () -> 0) {
            @Override
            public Taught teach(List<Pair> window, List<Taught> ahead, Runnable between) {
                first.run();
                return super.teach(window, ahead, between);
            }
        };
    }

    /** A learner that does something before it judges what several came to, such as finding that it is no model. */
    public Learner learnerJudgingAfter(Path version, Consumer<MergedRound> first) {
        return new Learner(version, options, EAGER, Configs.gate(), () -> 0) {
            @Override
            public Outcome judge(MergedRound round, Runnable between) {
                first.accept(round);
                return super.judge(round, between);
            }
        };
    }

    public Learner learner(Path version, GateConfig gate) {
        return new Learner(version, options, EAGER, gate, () -> 0);
    }

    /** As {@link #EAGER}, with more settings: keys and values. */
    public Learner learner(Path version, String... settings) {
        return new Learner(version, options, eager(settings), Configs.gate(), () -> 0);
    }

    /** One that does something before it learns anything again, such as failing. */
    public Learner learnerConsolidatingAfter(Path version, Runnable first) {
        return new Learner(version, options, EAGER, Configs.gate(), () -> 0) {
            @Override
            public Outcome consolidate(Runnable between) {
                first.run();
                return super.consolidate(between);
            }
        };
    }

    /** One that, whatever it learned again, is so much less surprised by pairs that it held back. */
    public Learner learnerGaining(Path version, double gain) {
        return new Learner(version, options, EAGER, Configs.gate(), () -> 0) {
            @Override
            public Outcome consolidate(Runnable between) {
                Outcome outcome = super.consolidate(between);
                SortedMap<String, Double> figures = new TreeMap<>(outcome.figures());
                figures.put("held-back.surprise", figures.get("before.held-back.surprise") - gain);
                figures.put("held-back.surprise.error", 0.0);
                return new Outcome(outcome.admission(), outcome.taught(), figures, outcome.decision());
            }
        };
    }

    /**
     * Takes up the lineage (or begins it) and learns windows of the stream until none is left whole; settings as of
     * {@link #learner(Path, String...)}.
     */
    public Position train(LineageStore lineage, List<Pair> stream, int windows, String... settings) {
        Position position = lineage.position().orElseGet(() -> beginning(0).begin());
        try (Learner learner = learner(lineage.download(position), settings)) {
            for (int i = 0; i < windows; i++) {
                Window window = next(position.manifest(), stream);
                Learner.Outcome outcome = learner.learn(window.pairs(), () -> {});
                position = lineage.publish(position, lineage.snapshot(learner), by(window, outcome), outcome);
            }
        }
        return position;
    }

    /** How far a version goes that learned this window. */
    public static Advance by(Window window, Learner.Outcome outcome) {
        return Advance.by(window, PairsTopic.IDENTITY, outcome.admission());
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
