package dev.millrace.attribution;

import dev.millrace.attribution.clicks.ClickAttribution;
import dev.millrace.attribution.config.AttributionConfig;
import dev.millrace.attribution.config.BrokerConfig;
import dev.millrace.attribution.join.JoinMeters;
import dev.millrace.attribution.join.JoinSettings;
import dev.millrace.attribution.join.JoinTopics;
import dev.millrace.attribution.join.topology.JoinTopology;
import dev.millrace.attribution.runtime.AttributionHealth;
import dev.millrace.attribution.runtime.JoinSupervisor;
import dev.millrace.attribution.runtime.KafkaCluster;
import dev.millrace.attribution.runtime.StreamsSettings;
import dev.millrace.attribution.runtime.SupervisorThread;
import dev.millrace.attribution.runtime.TopicWatch;
import dev.millrace.events.SteadyClock;
import dev.millrace.events.topic.Topics;
import dev.millrace.service.environment.KnownKeys;
import dev.millrace.service.kafka.KafkaConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** All parts of the service. */
@Singleton
public class AttributionWiring {
    private final SupervisorThread thread;
    private final AttributionHealth health;

    AttributionWiring(AttributionConfig attribution, KafkaConfig kafka, MeterRegistry registry) {
        final Clock clock = Clock.systemUTC();
        final InstantSource steadyClock = new SteadyClock();
        final JoinTopics topics = new JoinTopics(new Topics(kafka.topicPrefix().orElse("")));
        final JoinTopology topology = new JoinTopology(
                topics,
                JoinSettings.of(attribution),
                ClickAttribution.of(attribution),
                new JoinMeters(registry),
                clock);
        final StreamsSettings settings = new StreamsSettings(attribution, kafka);
        final TopicWatch watch = new TopicWatch(settings, topics, clock);
        final KafkaCluster cluster = new KafkaCluster(settings, watch, topology, registry, steadyClock);
        final JoinSupervisor supervisor = new JoinSupervisor(cluster, steadyClock);
        Gauge.builder("millrace.attribution.running", supervisor, join -> join.isRunning() ? 1 : 0)
                .strongReference(true)
                .register(registry);
        thread = new SupervisorThread(supervisor);
        health = new AttributionHealth(supervisor, watch, attribution.outageGrace());
    }

    /** Static, as the environment is judged before anything else is made. */
    @Produces
    @Singleton
    static KnownKeys keys() {
        return KnownKeys.of(AttributionConfig.class, BrokerConfig.class);
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        thread.stop();
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck readiness() {
        return health.readiness();
    }

    @Produces
    @Singleton
    @Liveness
    HealthCheck liveness() {
        return health.liveness();
    }
}
