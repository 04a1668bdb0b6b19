package dev.millrace.bench.learning;

import dev.millrace.checkpoints.transfer.LocalFolder;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.train.version.Snapshot;
import dev.millrace.embedding.train.version.TrainedWeights;
import dev.millrace.embedding.train.version.VersionWeights;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.settings.GateConfig;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.settings.Presets;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A lineage in this process: learns windows by the trainer's own learner, without broker and bucket. */
public final class LearningRun implements AutoCloseable {
    private static final String PREFIX = "millrace.learning.";
    private static final double NANOS = 1e9;

    private final EncoderOptions options;
    private final SmallRyeConfig config;
    private final Path scratch;
    private final Spent spent = new Spent();
    private Learner learner;
    /** Where the learner was loaded from: what it saves takes over files from there. */
    private Path home;

    private int versions;

    /** What it took, measuring in between left out. */
    static final class Spent {
        private long examples;
        private long tokens;
        private double seconds;

        /** Pairs in all batches: those of the stream and those learned again. */
        long examples() {
            return examples;
        }

        /** Tokens in all batches. */
        long tokens() {
            return tokens;
        }

        double seconds() {
            return seconds;
        }
    }

    public LearningRun(Path base, Variant variant, EncoderOptions options, Path scratch) {
        this.options = options;
        this.scratch = scratch;
        config = config(variant);
        home = base;
        learner = learner(base);
    }

    private static SmallRyeConfig config(Variant variant) {
        Map<String, String> keys = new TreeMap<>();
        variant.settings().forEach((key, value) -> keys.put(PREFIX + key, value));
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(keys, variant.name(), 100))
                .withSources(new Presets())
                .withMapping(LearningConfig.class)
                .withMapping(GateConfig.class)
                .build();
    }

    private Learner learner(Path folder) {
        return new Learner(folder, options, learning(), config.getConfigMapping(GateConfig.class), System::nanoTime);
    }

    LearningConfig learning() {
        return config.getConfigMapping(LearningConfig.class);
    }

    Spent spent() {
        return spent;
    }

    public Learner.Outcome learn(List<Pair> window) {
        long begin = System.nanoTime();
        Learner.Outcome outcome = learner.learn(window, () -> {});
        count(outcome, begin);
        return outcome;
    }

    /** The weights as they are now; to be closed by the caller. */
    Snapshot snapshot() {
        return learner.snapshot();
    }

    /** Goes on from what several trainers came to together. */
    void goOnFrom(TrainedWeights together) {
        learner.goOnFrom(together);
    }

    /** Learns again what is remembered, as a trainer does while nothing waits: until a pass gains nothing. */
    public void consolidate() {
        int passes = learning().consolidationPasses();
        boolean gained = passes > 0;
        for (int pass = 0; pass < passes && gained; pass++) {
            Path before = saved();
            long begin = System.nanoTime();
            Learner.Outcome outcome = learner.consolidate(() -> {});
            count(outcome, begin);
            gained = outcome.gained();
            if (!gained) {
                learner.close();
                home = before;
                learner = learner(before);
            }
        }
    }

    private void count(Learner.Outcome outcome, long begin) {
        spent.examples += outcome.figures().get("examples").longValue();
        spent.tokens += outcome.figures().get("tokens").longValue();
        spent.seconds += (System.nanoTime() - begin) / NANOS;
    }

    /** The version as it would be published; gone with the next. */
    public Path saved() {
        Path folder = scratch.resolve("version-" + versions++);
        discardAllBut(home);
        try (VersionWeights weights = learner.save(folder)) {
            weights.write(folder);
        }
        return folder;
    }

    private void discardAllBut(Path kept) {
        try (Stream<Path> folders = Files.list(Files.createDirectories(scratch))) {
            folders.filter(folder -> !folder.equals(kept)).forEach(folder -> new LocalFolder(folder).delete());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot empty " + scratch, e);
        }
    }

    @Override
    public void close() {
        learner.close();
        if (Files.exists(scratch)) {
            new LocalFolder(scratch).delete();
        }
    }
}
