package dev.millrace.attribution.runtime;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** The supervisor's state in the form of health checks. */
public record AttributionHealth(JoinSupervisor supervisor) {
    public HealthCheck readiness() {
        return () -> HealthCheckResponse.named("join")
                .status(supervisor.state() instanceof JoinState.Running)
                .withData("state", supervisor.state().words())
                .build();
    }

    public HealthCheck liveness() {
        return () -> HealthCheckResponse.named("supervisor")
                .status(supervisor.alive())
                .build();
    }
}
