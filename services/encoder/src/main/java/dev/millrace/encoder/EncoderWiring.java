package dev.millrace.encoder;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.space.Spaces;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.encoder.config.AnnouncementsConfig;
import dev.millrace.encoder.config.BucketConfig;
import dev.millrace.encoder.config.EncoderConfig;
import dev.millrace.encoder.http.dialect.Dialects;
import dev.millrace.encoder.http.json.Inputs;
import dev.millrace.encoder.serving.ModelLoader;
import dev.millrace.encoder.versions.catalog.ModelCatalog;
import dev.millrace.encoder.versions.catalog.PinnedVersions;
import dev.millrace.encoder.versions.catalog.ServedVersion;
import dev.millrace.encoder.versions.follow.ChannelFollower;
import dev.millrace.encoder.versions.follow.ReloadThread;
import dev.millrace.encoder.versions.load.GuardedLoader;
import dev.millrace.encoder.versions.load.RetrySchedule;
import dev.millrace.encoder.versions.load.VersionFolders;
import dev.millrace.encoder.versions.load.VersionLoader;
import dev.millrace.encoder.versions.spaces.KnownSpaces;
import dev.millrace.encoder.versions.watch.PromotionWatch;
import dev.millrace.events.SteadyClock;
import dev.millrace.service.access.ApiRole;
import dev.millrace.service.access.Role;
import dev.millrace.service.environment.KnownKeys;
import dev.millrace.service.http.EarlyProblems;
import dev.millrace.service.s3.S3Buckets;
import dev.millrace.service.s3.S3Config;
import dev.millrace.service.upload.UploadAdmission;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Every part of the encoder and what it is made of. */
@Singleton
public final class EncoderWiring {
    private static final Logger LOG = Logger.getLogger(EncoderWiring.class);

    private static final int SERVED_AND_PREVIOUS = 2;
    private static final Duration COME_AGAIN_AFTER = Duration.ofSeconds(1);

    private final EncoderConfig config;
    private final InstantSource clock = new SteadyClock();
    private final ScheduledExecutorService reloadThread = ReloadThread.executor("reload");
    private final ScheduledExecutorService lookups = ReloadThread.executor("version-lookup");

    public EncoderWiring(EncoderConfig config) {
        this.config = config;
    }

    /** Static, as the environment is judged before anything else is made. */
    @Produces
    @Singleton
    static KnownKeys keys() {
        return KnownKeys.of(EncoderConfig.class, AnnouncementsConfig.class, BucketConfig.class);
    }

    @Produces
    @Singleton
    @DefaultBean
    Bucket bucket(S3Config s3) {
        return S3Buckets.open(s3);
    }

    @Produces
    @Singleton
    @DefaultBean
    ModelLoader models() {
        final EncoderOptions options = EncoderModel.options(config);
        LOG.infof(
                "Encoding in %s on %s with %d threads, the JVM has %d processors",
                options.precision(),
                options.device(),
                options.threads(),
                Runtime.getRuntime().availableProcessors());
        return folder -> EncoderModel.load(folder, config);
    }

    @Produces
    @Singleton
    EncoderMetrics metrics(MeterRegistry registry, ServedVersion served) {
        return new EncoderMetrics(registry, served::waiting, served::errorRate);
    }

    @Produces
    @Singleton
    MeterBinder servedGauges(ServedVersion served) {
        return new ServedGauges(served, clock);
    }

    @Produces
    @Singleton
    ServedVersion served() {
        return new ServedVersion();
    }

    @Produces
    @Singleton
    CheckpointStore store(Bucket bucket) {
        return new CheckpointStore(bucket, Clock.systemUTC());
    }

    @Produces
    @Singleton
    VersionFolders folders(CheckpointStore store) throws IOException {
        return new VersionFolders(store, config.cacheDir(), SERVED_AND_PREVIOUS + config.maxPinned());
    }

    @Produces
    @Singleton
    KnownSpaces spaces(Bucket bucket) {
        return new KnownSpaces(new Spaces(bucket), config.spaces().limits(config.loadLimit()), clock);
    }

    @Produces
    @Singleton
    GuardedLoader loader(
            CheckpointStore store,
            VersionFolders folders,
            ModelLoader models,
            EncoderMetrics metrics,
            KnownSpaces spaces) {
        return new GuardedLoader(
                new VersionLoader(store, folders, models, config.modelLimits(), System::nanoTime),
                new RetrySchedule(clock),
                metrics,
                spaces);
    }

    @Produces
    @Singleton
    PinnedVersions pinned(CheckpointStore store, GuardedLoader loader) {
        final PinnedVersions.Loading loading = new PinnedVersions.Loading(
                version -> store.manifest(version).isPresent(), lookups, loader::load, reloadThread);
        return new PinnedVersions(config.pinnedLimits(), clock, loading);
    }

    @Produces
    @Singleton
    ModelCatalog catalog(ServedVersion served, PinnedVersions pinned) {
        return new ModelCatalog(config.channel(), config.aliases().orElse(Set.of()), served, pinned);
    }

    @Produces
    @Singleton
    PromotionWatch watch(CheckpointStore store, EncoderMetrics metrics) {
        return new PromotionWatch(
                new Channel(store, config.channel()), config.watch().bounds(), clock, metrics);
    }

    @Produces
    @Singleton
    ChannelFollower follower(
            CheckpointStore store,
            GuardedLoader loader,
            ServedVersion served,
            PromotionWatch watch,
            EncoderMetrics metrics) {
        return new ChannelFollower(new Channel(store, config.channel()), loader, served, watch, metrics);
    }

    @Produces
    @Singleton
    ReloadThread reloads(ChannelFollower follower, ModelCatalog catalog, KnownSpaces spaces) {
        return new ReloadThread(reloadThread, () -> {
            follower.check();
            catalog.pinned().sweep();
            spaces.refresh(catalog.loaded());
        });
    }

    @Produces
    @Singleton
    EncoderLife life(
            ReloadThread reloads,
            AnnouncementsConfig kafka,
            ModelCatalog catalog,
            VersionFolders folders,
            EncoderMetrics metrics) {
        return new EncoderLife(
                config.pollInterval(),
                reloads,
                Announcements.listener(kafka, config.channel(), reloads::wake, metrics),
                catalog,
                folders);
    }

    @Produces
    @Singleton
    ApiRole api() {
        return new ApiRole(Role.READER, Dialects.HEALTH);
    }

    @Produces
    @Singleton
    UploadAdmission uploads(
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody,
            EarlyProblems refusals,
            MeterRegistry registry) {
        final UploadAdmission uploads = new UploadAdmission(
                new UploadAdmission.Bounds(
                        new UploadAdmission.Setting<>(
                                "millrace.encoder.bodies-in-memory",
                                config.bodiesInMemory().asLongValue()),
                        maxBody.asLongValue(),
                        new UploadAdmission.Setting<>("millrace.encoder.deadline", config.deadline()),
                        COME_AGAIN_AFTER),
                refusals);
        Gauge.builder("millrace.encoder.body.bytes", uploads, UploadAdmission::held)
                .strongReference(true)
                .register(registry);
        return uploads;
    }

    @Produces
    @Singleton
    Dialects dialects() {
        return new Dialects(new Inputs(config.maxBatch(), config.emptyTexts() == EncoderConfig.EmptyTexts.ENCODED));
    }

    @Produces
    @Singleton
    EmbeddingService embeddings(ModelCatalog catalog, EncoderMetrics metrics) {
        return new EmbeddingService(catalog, config.deadline(), metrics);
    }

    void admitUploads(@Observes Filters filters, UploadAdmission uploads) {
        uploads.register(filters);
    }

    void start(@Observes StartupEvent started, EncoderLife life) {
        life.start();
    }

    void stop(@Observes ShutdownEvent ended, EncoderLife life) throws InterruptedException, IOException {
        life.stop();
    }
}
