package dev.millrace.encoder;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.space.Spaces;
import dev.millrace.encoder.request.EmbeddingsAnswer;
import dev.millrace.encoder.request.EmbeddingsRequest;
import dev.millrace.encoder.request.EmbeddingsRequest.VersionChoice;
import dev.millrace.encoder.request.PromptChoice;
import dev.millrace.encoder.serving.ModelLimits;
import dev.millrace.encoder.versions.catalog.ModelCatalog;
import dev.millrace.encoder.versions.catalog.PinnedVersions;
import dev.millrace.encoder.versions.catalog.ServedVersion;
import dev.millrace.encoder.versions.follow.ChannelFollower;
import dev.millrace.encoder.versions.load.GuardedLoader;
import dev.millrace.encoder.versions.load.RetrySchedule;
import dev.millrace.encoder.versions.load.VersionFolders;
import dev.millrace.encoder.versions.load.VersionLoader;
import dev.millrace.encoder.versions.spaces.KnownSpaces;
import dev.millrace.encoder.versions.watch.PromotionWatch;
import dev.millrace.encoder.versions.watch.WatchBounds;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The whole encoder but HTTP and Kafka, on a bucket in memory, with time in the test's hand. */
final class Rig implements AutoCloseable {
    /** Tokens, of which a fake model has one a character. */
    static final int QUEUE = 160;

    static final String CHANNEL = "stable";

    static final WatchBounds BOUNDS = new WatchBounds(0.02, 2, Duration.ofSeconds(30), 200, Duration.ofMinutes(5));

    /** Far above what a fake model needs. */
    private static final Duration LOADING = Duration.ofSeconds(2);

    static final Duration SPACES_SEEN_WITHIN = Duration.ofSeconds(30);

    final Bucket bucket;
    final CheckpointStore store;
    final Publisher publisher;
    final FakeModels models = new FakeModels();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final ServedVersion served = new ServedVersion();
    final PromotionWatch watch;
    final ChannelFollower follower;
    final PinnedVersions pinned;
    final ModelCatalog catalog;
    final KnownSpaces spaces;
    final EmbeddingService service;
    /** Names that the bucket was asked for. */
    final List<String> lookups = new CopyOnWriteArrayList<>();

    private final VersionFolders folders;
    private final ExecutorService reloadThread = Executors.newSingleThreadExecutor();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    Rig(Path cache, int queue, Duration deadline) throws IOException {
        this(cache, queue, deadline, new InMemoryBucket(Clock.systemUTC()));
    }

    /** On a bucket that others may work on too. */
    Rig(Path cache, int queue, Duration deadline, Bucket bucket) throws IOException {
        this.bucket = bucket;
        store = new CheckpointStore(bucket, Clock.systemUTC());
        publisher = new Publisher(store);
        final EncoderMetrics metrics = new EncoderMetrics(registry, served::waiting, served::errorRate);
        folders = new VersionFolders(store, cache, 2);
        final VersionLoader loader =
                new VersionLoader(store, folders, models, new ModelLimits(queue, 64, LOADING), models::nanoTime);
        spaces = new KnownSpaces(new Spaces(bucket), new KnownSpaces.Limits(4, SPACES_SEEN_WITHIN, LOADING), () -> now);
        final GuardedLoader guarded = new GuardedLoader(loader, new RetrySchedule(() -> now), metrics, spaces);
        final Channel channel = new Channel(store, CHANNEL);
        watch = new PromotionWatch(channel, Optional.of(BOUNDS), () -> now, metrics);
        follower = new ChannelFollower(channel, guarded, served, watch, metrics);
        pinned = new PinnedVersions(
                new PinnedVersions.Limits(1, Duration.ofMinutes(1)),
                () -> now,
                new PinnedVersions.Loading(this::isThere, Runnable::run, guarded::load, reloadThread));
        catalog = new ModelCatalog(CHANNEL, Set.of("an-alias"), served, pinned);
        service = new EmbeddingService(catalog, deadline, metrics);
    }

    private boolean isThere(String version) {
        lookups.add(version);
        return store.manifest(version).isPresent();
    }

    /** A version that serves, follower's round included. */
    String serve(String weights) {
        final String version = publisher.move(CHANNEL, weights);
        follower.check();
        return version;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    CompletableFuture<EmbeddingsAnswer> ask(Optional<String> model, List<String> texts) {
        return ask(new EmbeddingsRequest.Texts(texts), PromptChoice.NONE, model);
    }

    CompletableFuture<EmbeddingsAnswer> ask(
            EmbeddingsRequest.Input input, PromptChoice prompt, Optional<String> model) {
        return service.embed(new EmbeddingsRequest(
                input, prompt, new VersionChoice(model, Optional.empty()), OptionalInt.empty(), Optional.empty()));
    }

    /** Vectors for an index. */
    CompletableFuture<EmbeddingsAnswer> askFor(String space, List<String> texts) {
        return service.embed(new EmbeddingsRequest(
                new EmbeddingsRequest.Texts(texts),
                PromptChoice.NONE,
                VersionChoice.SERVED.fitting(space),
                OptionalInt.empty(),
                Optional.empty()));
    }

    CompletableFuture<EmbeddingsAnswer> ask(String text) {
        return ask(Optional.empty(), List.of(text));
    }

    /** One after the other; every tenth is a text that weights named failing fail on. */
    void load(int requests) {
        for (int i = 0; i < requests; i++) {
            ask(i % 10 == 0 ? FakeModels.FAILING : "some text " + i)
                    .handle((done, failure) -> done)
                    .join();
        }
    }

    double count(String meter, String tag, String value) {
        return registry.get(meter).tag(tag, value).counter().count();
    }

    @Override
    public void close() throws IOException {
        models.resume();
        models.free();
        reloadThread.shutdown();
        catalog.end().join();
        folders.close();
    }
}
