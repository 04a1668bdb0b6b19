package dev.millrace.ingestion;

import dev.millrace.events.SteadyClock;
import dev.millrace.events.topic.TopicSpec;
import dev.millrace.events.topic.Topics;
import dev.millrace.ingestion.config.BrokerConfig;
import dev.millrace.ingestion.config.IngestionConfig;
import dev.millrace.ingestion.http.Answers;
import dev.millrace.ingestion.intake.Admission;
import dev.millrace.ingestion.intake.BatchReader;
import dev.millrace.ingestion.intake.BoundedLog;
import dev.millrace.ingestion.intake.EventLog;
import dev.millrace.ingestion.intake.Intake;
import dev.millrace.ingestion.intake.IntakeMetrics;
import dev.millrace.ingestion.intake.Workers;
import dev.millrace.ingestion.kafka.KafkaEventLog;
import dev.millrace.ingestion.kafka.KnownTopics;
import dev.millrace.service.access.ApiRole;
import dev.millrace.service.access.Role;
import dev.millrace.service.environment.KnownKeys;
import dev.millrace.service.http.EarlyProblems;
import dev.millrace.service.kafka.BrokerProbe;
import dev.millrace.service.kafka.KafkaBrokerProbe;
import dev.millrace.service.kafka.KafkaConfig;
import dev.millrace.service.upload.UploadAdmission;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Every part of the service and what it is made of. The two that reach the broker give way to a test's own. */
@Singleton
public final class IngestionWiring {
    private static final String MAX_BODY = "quarkus.http.limits.max-body-size";

    /** Static, as the environment is judged before anything else is made. */
    @Produces
    @Singleton
    static KnownKeys keys() {
        return KnownKeys.of(IngestionConfig.class, BrokerConfig.class);
    }

    /** Asking for the parts makes them: a bad setting stops the start, not the first request. */
    void start(
            @Observes StartupEvent event,
            Intake intake,
            BrokerProbe probe,
            UploadAdmission uploads,
            MeterRegistry registry) {
        Gauge.builder(
                        "millrace.ingestion.broker.reachable",
                        probe,
                        asked -> asked.state().trouble().isEmpty() ? 1 : 0)
                .strongReference(true)
                .register(registry);
        Gauge.builder("millrace.ingestion.upload.bytes", uploads, UploadAdmission::held)
                .strongReference(true)
                .register(registry);
        FunctionCounter.builder("millrace.ingestion.uploads.refused", uploads, UploadAdmission::refused)
                .register(registry);
    }

    void admitUploads(@Observes Filters filters, UploadAdmission uploads) {
        uploads.register(filters);
    }

    @Produces
    @Singleton
    UploadAdmission uploads(
            IngestionConfig ingestion, @ConfigProperty(name = MAX_BODY) MemorySize maxBody, EarlyProblems refusals) {
        return new UploadAdmission(
                new UploadAdmission.Bounds(
                        new UploadAdmission.Setting<>("millrace.ingestion.max-upload-bytes", ingestion.uploadBytes()),
                        maxBody.asLongValue(),
                        new UploadAdmission.Setting<>("millrace.ingestion.upload-timeout", ingestion.uploadTimeout()),
                        ingestion.retryAfter()),
                refusals);
    }

    @Produces
    @Singleton
    KnownTopics knownTopics(BrokerProbe probe, Topics topics) {
        return new KnownTopics(probe, topics);
    }

    /** Steady, as outages are measured by it. */
    @Produces
    @Singleton
    InstantSource clock() {
        return new SteadyClock();
    }

    @Produces
    @Singleton
    ApiRole api() {
        return new ApiRole(Role.PRODUCER);
    }

    @Produces
    @Singleton
    Topics topics(KafkaConfig kafka) {
        return new Topics(kafka.topicPrefix().orElse(""));
    }

    @Produces
    @Singleton
    Answers answers(IngestionConfig ingestion) {
        return new Answers(ingestion.retryAfter());
    }

    @Produces
    @Singleton
    Workers workers(IngestionConfig ingestion) {
        return new Workers(ingestion.workers(), ingestion.queue());
    }

    @Produces
    @Singleton
    BatchReader reader(
            IngestionConfig ingestion,
            @ConfigProperty(name = MAX_BODY) MemorySize maxBody,
            KnownTopics topics,
            InstantSource clock) {
        final BatchReader.Bounds bounds = new BatchReader.Bounds(
                Math.toIntExact(maxBody.asLongValue()), ingestion.maxItems(), ingestion.maxTextChars());
        return new BatchReader(bounds, clock, topics::limits);
    }

    @Produces
    @Singleton
    Intake intake(
            BatchReader reader, Workers workers, EventLog log, IngestionConfig ingestion, MeterRegistry registry) {
        final Admission admission = new Admission(ingestion.maxInFlight(), ingestion.inFlightBytes());
        final BoundedLog bounded = new BoundedLog(log, admission, ingestion.ackTimeout());
        return new Intake(reader, workers, bounded, new IntakeMetrics(registry, admission));
    }

    @Produces
    @Singleton
    @DefaultBean
    EventLog log(KafkaConfig kafka, IngestionConfig ingestion) {
        return KafkaEventLog.connect(kafka, ingestion);
    }

    @Produces
    @Singleton
    @DefaultBean
    BrokerProbe probe(KafkaConfig kafka, IngestionConfig ingestion, Topics topics, InstantSource clock) {
        final KafkaBrokerProbe probe = KafkaBrokerProbe.of(
                kafka,
                KnownTopics.written(topics).stream().map(TopicSpec::name).toList(),
                ingestion.probeInterval(),
                clock);
        probe.start();
        return probe;
    }

    void close(@Disposes Workers workers) {
        workers.close();
    }

    void close(@Disposes EventLog log) {
        log.close();
    }

    void close(@Disposes BrokerProbe probe) {
        probe.close();
    }
}
