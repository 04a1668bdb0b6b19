package dev.millrace.bench.publishing;

import dev.millrace.bench.speed.LearningSettings;
import dev.millrace.bench.speed.MillraceTrainer;
import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.transfer.LocalFolder;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.optim.StepSettings;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.train.TrainableEncoder;
import dev.millrace.embedding.train.TrainingOptions;
import dev.millrace.embedding.train.version.VersionWeights;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.state.LearningState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Two versions of a model after each other, each after a step, with all that a long lineage remembers; the second is measured. */
final class VersionRun {
    private static final int WINDOW = 1_024;
    private static final int BATCH = 8;
    private static final double NANOS = 1e9;

    private final Path model;
    private final Path folder;
    private final EncoderOptions options;
    private final LearningConfig learning;
    private final Bucket bucket;

    /** Of this model; versions pass through the folder. */
    VersionRun(Path model, Path folder, EncoderOptions options, LearningConfig learning, Bucket bucket) {
        this.model = model;
        this.folder = folder;
        this.options = options;
        this.learning = learning;
        this.bucket = bucket;
    }

    /** Where this learns; {@code name} says it in a line. */
    VersionCost measure(String name, TrainingOptions training) {
        CheckpointStore store = new CheckpointStore(bucket, Clock.systemUTC());
        LearningState state = LearningState.load(folder.resolve("nothing"), learning);
        remember(state, 0, learning.seenIds() + learning.replayCapacity());
        String first = name + "-1";
        String second = name + "-2";
        Timed<VersionWeights> settled;
        try (TrainableEncoder encoder = TrainableEncoder.load(model, options, training)) {
            step(encoder);
            publish(store, first, Optional.empty(), timed(() -> settle(encoder)), state);
            step(encoder);
            remember(state, learning.seenIds() + learning.replayCapacity(), WINDOW);
            settled = timed(() -> settle(encoder));
        }
        Published published = publish(store, second, Optional.of(first), settled, state);
        Path fetched = folder.resolve("fetched");
        double fetching =
                timed(() -> store.download(second, fetched, file -> true)).seconds();
        Timed<TrainableEncoder> loaded = timed(() -> TrainableEncoder.load(fetched, options, training));
        loaded.value().close();
        new LocalFolder(fetched).delete();
        return new VersionCost(
                name,
                published.parts(),
                settled.seconds(),
                published.writing(),
                published.sending(),
                fetching,
                loaded.seconds());
    }

    private record Published(SortedMap<String, Long> parts, double writing, double sending) {}

    private Published publish(
            CheckpointStore store,
            String version,
            Optional<String> parent,
            Timed<VersionWeights> weights,
            LearningState state) {
        Path files = folder.resolve(version);
        double writing = timed(() -> write(weights.value(), state, files)).seconds();
        Draft draft = new Draft(
                version,
                parent,
                "space",
                Optional.empty(),
                new TreeMap<>(),
                Records.NONE,
                new TreeMap<>(),
                Optional.empty(),
                new TreeMap<>());
        Timed<Manifest> sent = timed(() -> store.publish(draft, files));
        new LocalFolder(files).delete();
        SortedMap<String, Long> parts = new TreeMap<>();
        sent.value()
                .own()
                .forEach(path -> parts.put(path, sent.value().files().get(path).size()));
        return new Published(parts, writing, sent.seconds());
    }

    private static VersionWeights settle(TrainableEncoder encoder) {
        encoder.settle();
        return encoder.version();
    }

    private static Path write(VersionWeights weights, LearningState state, Path files) {
        try (weights) {
            weights.write(files);
        }
        state.save(files.resolve("training-state"));
        return files;
    }

    private void step(TrainableEncoder encoder) {
        SplittableRandom random = new SplittableRandom(encoder.steps());
        List<String> texts = IntStream.range(0, 2 * BATCH)
                .mapToObj(i -> text(random) + " " + text(random))
                .toList();
        try (TextTokenizer tokenizer = TextTokenizer.load(model)) {
            encoder.step(
                    MillraceTrainer.batch(tokenizer, texts),
                    new StepSettings(
                            LearningSettings.rate(1), LearningSettings.WEIGHT_DECAY, 1, 0.99, encoder.steps()));
        }
    }

    private static String text(SplittableRandom random) {
        return Shape.word(random.nextInt(Shape.WORDS / 2));
    }

    /** Pairs as long as questions and answers are, with random ids of 32 digits. */
    private static void remember(LearningState state, int from, int count) {
        SplittableRandom random = new SplittableRandom(from);
        for (int i = 0; i < count; i++) {
            String id = "%016x%016x".formatted(random.nextLong(), random.nextLong());
            state.seen.add(id);
            state.replay.offer(new Pair(
                    id,
                    (text(random) + " ").repeat(12),
                    Optional.of((text(random) + " ").repeat(40)),
                    List.of(),
                    OptionalDouble.empty(),
                    Pair.DEFAULT_WEIGHT,
                    Optional.of("group-" + i % 256),
                    "bench",
                    Instant.EPOCH));
        }
    }

    private record Timed<T>(T value, double seconds) {}

    private static <T> Timed<T> timed(Supplier<T> work) {
        long begin = System.nanoTime();
        T value = work.get();
        return new Timed<>(value, (System.nanoTime() - begin) / NANOS);
    }
}
