package dev.millrace.trainer;

import dev.millrace.checkpoints.bucket.TriedBucket;
import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.s3.S3Bucket;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.events.SteadyClock;
import dev.millrace.events.topic.Topics;
import dev.millrace.service.http.HttpConfig;
import dev.millrace.service.kafka.KafkaBrokerProbe;
import dev.millrace.service.kafka.KafkaConfig;
import dev.millrace.service.s3.S3Buckets;
import dev.millrace.service.s3.S3Config;
import dev.millrace.trainer.config.TrainerConfig;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.Methods;
import dev.millrace.trainer.learning.settings.GateConfig;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.lineage.LineageStore;
import dev.millrace.trainer.lineage.Promotion;
import dev.millrace.trainer.lineage.VersionNames;
import dev.millrace.trainer.lineage.WorkFolder;
import dev.millrace.trainer.stream.EventProducer;
import dev.millrace.trainer.stream.KafkaClients;
import dev.millrace.trainer.stream.PairsLog;
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
import java.util.SortedMap;
import java.util.TreeMap;

/** Every part of the trainer and what it is made of. */
@Singleton
public class TrainerWiring {
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(5);

    private final TrainerConfig trainer;
    private final LearningConfig learning;
    private final GateConfig gate;
    private final KafkaConfig kafka;
    private final Clock clock = Clock.systemUTC();
    private final InstantSource steadyClock = new SteadyClock();

    TrainerWiring(TrainerConfig trainer, LearningConfig learning, GateConfig gate, KafkaConfig kafka) {
        this.trainer = trainer;
        this.learning = learning;
        this.gate = gate;
        this.kafka = kafka;
    }

    @Produces
    @Singleton
    TrainerStatus status(MeterRegistry meters) {
        return new TrainerStatus(meters, new Pulse(trainer.stallLimit(), steadyClock));
    }

    @Produces
    @Singleton
    KafkaBrokerProbe broker(MeterRegistry meters) {
        String topic = new Topics(kafka.topicPrefix().orElse("")).pairs().name();
        KafkaBrokerProbe probe = KafkaBrokerProbe.of(kafka, List.of(topic), PROBE_INTERVAL);
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
    TrainerLife life(S3Config s3, HttpConfig http, TrainerStatus status) {
        Methods.check(learning);
        S3Bucket bucket = S3Buckets.open(s3);
        CheckpointStore store = new CheckpointStore(new TriedBucket(bucket), clock);
        Topics topics = new Topics(kafka.topicPrefix().orElse(""));
        EventProducer events = new EventProducer(KafkaClients.producer(kafka), topics);
        PairsLog log = new PairsLog(
                KafkaClients.consumer(kafka, trainer.group()), topics.pairs().name(), events, clock);
        LineageStore lineage = new LineageStore(
                store,
                new WorkFolder(trainer.workDir()),
                new VersionNames(new SecureRandom()::nextLong),
                configuration(),
                trainer.keepVersions());
        Promotion promotion = new Promotion(
                new Channel(store, trainer.candidateChannel()),
                new Channel(store, trainer.channel()),
                events::announce,
                clock);
        EncoderOptions options = options();
        TrainerLoop.Parts parts = new TrainerLoop.Parts(
                lineage,
                promotion,
                log,
                () -> new WindowBuilder(trainer.windowPairs(), trainer.windowTime(), steadyClock),
                folder -> new Learner(folder, options, learning, gate, System::nanoTime));
        TrainerLoop loop = new TrainerLoop(parts, trainer.baseModel(), status);
        return new TrainerLife(loop, events, bucket, http, trainer.shutdownGrace());
    }

    private EncoderOptions options() {
        Precision precision = trainer.precision().equals("auto")
                ? Precision.fastest(trainer.device())
                : Precision.valueOf(trainer.precision().toUpperCase(Locale.ROOT));
        int threads =
                trainer.threads() > 0 ? trainer.threads() : Runtime.getRuntime().availableProcessors();
        return new EncoderOptions(trainer.device(), precision, threads, trainer.tokenBudget());
    }

    private SortedMap<String, String> configuration() {
        SortedMap<String, String> stated = new TreeMap<>();
        stated.put("objective", learning.objective());
        stated.put("miner", learning.miner());
        stated.put("optimizer", learning.optimizer());
        stated.put("schedule", learning.schedule());
        stated.put("learning-rate", Double.toString(learning.learningRate()));
        stated.put("temperature", Double.toString(learning.temperature()));
        stated.put("hard-negatives", Integer.toString(learning.hardNegatives()));
        stated.put("weight-decay", Double.toString(learning.weightDecay()));
        stated.put("clip-norm", Double.toString(learning.clipNorm()));
        stated.put("average-decay", Double.toString(learning.averageDecay()));
        stated.put("batch-pairs", Integer.toString(learning.batchPairs()));
        stated.put("replay-share", Double.toString(learning.replayShare()));
        stated.put("frozen-depth", Integer.toString(learning.frozenDepth()));
        learning.dropout().ifPresent(share -> stated.put("dropout", Double.toString(share)));
        stated.put("precision", options().precision().name());
        stated.put("seen-ids", Integer.toString(learning.seenIds()));
        stated.put("window-pairs", Integer.toString(trainer.windowPairs()));
        return stated;
    }
}
