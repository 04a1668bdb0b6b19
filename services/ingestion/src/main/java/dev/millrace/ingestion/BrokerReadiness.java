package dev.millrace.ingestion;

import dev.millrace.service.kafka.BrokerProbe;
import dev.millrace.service.kafka.BrokerState;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the broker has every topic. */
@Readiness
public final class BrokerReadiness implements HealthCheck {
    private final BrokerProbe probe;

    @Inject
    public BrokerReadiness(BrokerProbe probe) {
        this.probe = probe;
    }

    @Override
    public HealthCheckResponse call() {
        if (probe.state() instanceof BrokerState.Unreachable unreachable) {
            return HealthCheckResponse.named("broker")
                    .down()
                    .withData("reason", unreachable.reason())
                    .build();
        }
        return HealthCheckResponse.up("broker");
    }
}
