package dev.millrace.attribution.runtime;

import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * The supervisor's state in the form of health checks.
 *
 * @param grace for how long a join that gets nothing done is still called ready
 */
public record AttributionHealth(JoinSupervisor supervisor, TopicWatch topics, Duration grace) {
    public HealthCheck readiness() {
        return () -> {
            final HealthCheckResponseBuilder response = HealthCheckResponse.named("join")
                    .status(supervisor.isPassing(grace))
                    .withData("state", supervisor.state().words());
            topics.tooSmall().ifPresent(words -> response.withData("topics", words));
            return response.build();
        };
    }

    public HealthCheck liveness() {
        return () -> HealthCheckResponse.named("supervisor")
                .status(supervisor.alive())
                .build();
    }
}
