package dev.millrace.trainer;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.TriedBucket;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.lineage.RetentionRule;
import dev.millrace.checkpoints.s3.S3Bucket;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.network.Processor;
import dev.millrace.embedding.network.Route;
import dev.millrace.events.SteadyClock;
import dev.millrace.events.topic.TopicLimits;
import dev.millrace.events.topic.Topics;
import dev.millrace.service.environment.KnownKeys;
import dev.millrace.service.kafka.AdminClients;
import dev.millrace.service.kafka.KafkaBrokerProbe;
import dev.millrace.service.kafka.KafkaConfig;
import dev.millrace.service.s3.S3Buckets;
import dev.millrace.service.s3.S3Config;
import dev.millrace.trainer.config.BrokerConfig;
import dev.millrace.trainer.config.BucketConfig;
import dev.millrace.trainer.config.StatedSettings;
import dev.millrace.trainer.config.TrainerConfig;
import dev.millrace.trainer.config.VersionSettings;
import dev.millrace.trainer.failure.FailedWindows;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.ModelProof;
import dev.millrace.trainer.learning.round.Merge;
import dev.millrace.trainer.learning.round.OuterStep;
import dev.millrace.trainer.learning.round.Quorum;
import dev.millrace.trainer.learning.round.delta.DeltaCodecs;
import dev.millrace.trainer.learning.settings.GateConfig;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.settings.Presets;
import dev.millrace.trainer.learning.settings.RoundConfig;
import dev.millrace.trainer.lineage.Beginning;
import dev.millrace.trainer.lineage.ComputedAs;
import dev.millrace.trainer.lineage.LineageStore;
import dev.millrace.trainer.lineage.Promotion;
import dev.millrace.trainer.lineage.ServedVersion;
import dev.millrace.trainer.lineage.VersionNames;
import dev.millrace.trainer.lineage.WorkFolder;
import dev.millrace.trainer.loop.Consolidation;
import dev.millrace.trainer.loop.TrainerLoop;
import dev.millrace.trainer.round.RoundRules;
import dev.millrace.trainer.round.Rounds;
import dev.millrace.trainer.round.ShareStore;
import dev.millrace.trainer.status.Pulse;
import dev.millrace.trainer.status.TrainerStatus;
import dev.millrace.trainer.stream.DocumentsLog;
import dev.millrace.trainer.stream.EventProducer;
import dev.millrace.trainer.stream.KafkaClients;
import dev.millrace.trainer.stream.PairsLog;
import dev.millrace.trainer.stream.TopicLook;
import dev.millrace.trainer.stream.WindowBuilder;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import org.eclipse.microprofile.config.Config;

/** Every part of the trainer and what it is made of. */
@Singleton
public class TrainerWiring {
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final TrainerConfig trainer;
    private final VersionSettings version;
    private final KafkaConfig kafka;
    private final Config config;
    private final Clock clock = Clock.systemUTC();
    private final InstantSource steadyClock = new SteadyClock();

    TrainerWiring(TrainerConfig trainer, VersionSettings version, KafkaConfig kafka, Config config) {
        this.trainer = trainer;
        this.version = version;
        this.kafka = kafka;
        this.config = config;
    }

    /** Static, as the environment is judged before anything else is made. */
    @Produces
    @Singleton
    static KnownKeys keys() {
        return KnownKeys.of(
                TrainerConfig.class,
                LearningConfig.class,
                GateConfig.class,
                RoundConfig.class,
                BrokerConfig.class,
                BucketConfig.class);
    }

    @Produces
    @Singleton
    TrainerStatus status(MeterRegistry meters) {
        return new TrainerStatus(meters, new Pulse(trainer.stallLimit(), steadyClock));
    }

    @Produces
    @Singleton
    KafkaBrokerProbe broker(MeterRegistry meters) {
        Topics topics = new Topics(kafka.topicPrefix().orElse(""));
        KafkaBrokerProbe probe = KafkaBrokerProbe.of(
                kafka, List.of(topics.pairs().name(), topics.deadLetters().name()), PROBE_INTERVAL, steadyClock);
        Gauge.builder(
                        "millrace.trainer.broker.reachable",
                        probe,
                        asked -> asked.state().trouble().isEmpty() ? 1 : 0)
                .strongReference(true)
                .register(meters);
        return probe;
    }

    void close(@Disposes KafkaBrokerProbe probe) {
        probe.close();
    }

    @Produces
    @Singleton
    TrainerLife life(S3Config s3, TrainerStatus status, KafkaBrokerProbe broker) {
        S3Bucket bucket = S3Buckets.open(s3);
        Topics topics = new Topics(kafka.topicPrefix().orElse(""));
        EventProducer events = new EventProducer(
                KafkaClients.producer(kafka), topics, () -> new TopicLimits(broker.maxMessageBytes()));
        EncoderOptions options = options();
        TrainerLoop loop = new TrainerLoop(
                versions(new TriedBucket(bucket), events, options),
                stream(topics, events, status),
                folder -> new Learner(
                        folder,
                        ComputedAs.lineage(folder, options, explicit()),
                        version.learning(),
                        version.gate(),
                        System::nanoTime),
                FailedWindows.in(
                        trainer.workDir(),
                        new FailedWindows.Limits(
                                trainer.windowPairs(), trainer.windowTries(), trainer.setAsidesInARow())),
                status);
        return new TrainerLife(loop, events, bucket, trainer.shutdownGrace());
    }

    private TrainerLoop.Versions versions(Bucket bucket, EventProducer events, EncoderOptions options) {
        CheckpointStore store = new CheckpointStore(bucket, clock);
        WorkFolder work = new WorkFolder(trainer.workDir());
        Channel stable = new Channel(store, trainer.channel());
        SortedMap<String, String> configuration = StatedSettings.of(trainer, version, options, Presets.inForce(config));
        return new TrainerLoop.Versions(
                new LineageStore(
                        store,
                        work,
                        new VersionNames(new SecureRandom()::nextLong),
                        configuration,
                        new RetentionRule(trainer.keepVersions(), trainer.retentionTime())),
                new Beginning(store, work, configuration, trainer.baseModel(), new ModelProof(options)),
                new Promotion(new Channel(store, trainer.candidateChannel()), stable, events::announce, clock),
                new ServedVersion(store, stable, work),
                rounds(bucket));
    }

    private Rounds rounds(Bucket bucket) {
        RoundConfig round = version.round();
        return new Rounds(
                new ShareStore(bucket, trainer.workDir().resolve("rounds"), new SecureRandom()::nextLong),
                new RoundRules(
                        new Merge(
                                new OuterStep(round.rate(), round.momentum(), round.scaling()),
                                version.learning().averageDecay()),
                        new Quorum(round.quorum(), round.grace(), round.deadline()),
                        DeltaCodecs.named(round.codec()),
                        round.ahead(),
                        steadyClock),
                Optional.ofNullable(kafka.properties().get("group.instance.id"))
                        .orElseGet(() -> "trainer-%08x".formatted(new SecureRandom().nextInt())));
    }

    private TrainerLoop.Stream stream(Topics topics, EventProducer events, TrainerStatus status) {
        String pairs = topics.pairs().name();
        PairsLog log = new PairsLog(KafkaClients.consumer(kafka, trainer.group()), pairs, events, clock);
        status.watch(log.backlog(), clock);
        return new TrainerLoop.Stream(
                log,
                version.learning().miningDocuments() > 0
                        ? Optional.of(documents(topics.documents().name(), events))
                        : Optional.empty(),
                look(pairs),
                size -> new WindowBuilder(size, trainer.windowTime(), steadyClock),
                new Consolidation(version.learning().consolidationPasses(), trainer.consolidationQuiet()));
    }

    private DocumentsLog documents(String topic, EventProducer events) {
        return new DocumentsLog(KafkaClients.reader(kafka), look(topic), events, clock);
    }

    private TopicLook look(String topic) {
        return new TopicLook(() -> AdminClients.create(kafka, ANSWER), topic);
    }

    private EncoderOptions options() {
        Route route = explicit()
                ? Route.of(
                        Processor.here(),
                        trainer.device(),
                        Precision.valueOf(trainer.precision().toUpperCase(Locale.ROOT)))
                : Route.forTraining(Processor.here(), trainer.device());
        int threads =
                trainer.threads() > 0 ? trainer.threads() : Runtime.getRuntime().availableProcessors();
        return new EncoderOptions(trainer.device(), route, threads, trainer.tokenBudget());
    }

    private boolean explicit() {
        return !trainer.precision().equals("auto");
    }
}
