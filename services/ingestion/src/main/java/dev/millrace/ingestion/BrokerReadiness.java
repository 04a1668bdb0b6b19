package dev.millrace.ingestion;

import dev.millrace.ingestion.config.IngestionConfig;
import dev.millrace.ingestion.kafka.KnownTopics;
import dev.millrace.service.kafka.BrokerProbe;
import dev.millrace.service.kafka.BrokerState;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the broker has every topic, and on while it is away for a short time: it is away for every endpoint, and with none of them
 * left callers would see refused connections in place of a 503 that says when to come again.
 */
@Readiness
public final class BrokerReadiness implements HealthCheck {
    private final BrokerProbe probe;
    private final KnownTopics topics;
    private final Duration grace;
    private final InstantSource clock;

    @Inject
    public BrokerReadiness(BrokerProbe probe, KnownTopics topics, IngestionConfig ingestion, InstantSource clock) {
        this.probe = probe;
        this.topics = topics;
        this.grace = ingestion.outageGrace();
        this.clock = clock;
    }

    @Override
    public HealthCheckResponse call() {
        final BrokerState state = probe.state();
        final HealthCheckResponseBuilder response =
                HealthCheckResponse.named("broker").status(state.isPassing(grace, clock.instant()));
        if (state instanceof BrokerState.Unreachable away) {
            away.since().ifPresent(since -> response.withData("away since", since.toString()));
            response.withData("reason", away.reason());
        }
        topics.tooSmall().ifPresent(words -> response.withData("topics", words));
        return response.build();
    }
}
