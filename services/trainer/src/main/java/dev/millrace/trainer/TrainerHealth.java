package dev.millrace.trainer;

import dev.millrace.service.kafka.BrokerProbe;
import dev.millrace.trainer.status.TrainerStatus;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when the lineage is taken up, the last attempt did not fail and the broker answers; live while the thread runs
 * and comes by.
 */
@Singleton
public class TrainerHealth {
    @Produces
    @Singleton
    @Readiness
    HealthCheck readiness(TrainerStatus status) {
        return () -> HealthCheckResponse.named("lineage")
                .withData("version", status.version().orElse("none"))
                .withData("failure", status.failure().orElse("none"))
                .withData(
                        "behind",
                        status.behind().isEmpty() ? "none" : status.behind().toString())
                .status(status.version().isPresent() && status.failure().isEmpty())
                .build();
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck broker(BrokerProbe broker) {
        return () -> HealthCheckResponse.named("broker")
                .withData("trouble", broker.state().trouble().orElse("none"))
                .status(broker.state().trouble().isEmpty())
                .build();
    }

    @Produces
    @Singleton
    @Liveness
    HealthCheck liveness(TrainerLife life, TrainerStatus status) {
        return () -> {
            Optional<Duration> missed = status.pulse().missed();
            return HealthCheckResponse.named("thread")
                    .withData("stalled", missed.map(Duration::toString).orElse("no"))
                    .status(life.alive() && missed.isEmpty())
                    .build();
        };
    }
}
