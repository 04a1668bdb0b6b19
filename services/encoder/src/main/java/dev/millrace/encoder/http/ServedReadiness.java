package dev.millrace.encoder.http;

import dev.millrace.encoder.serving.VersionInfo;
import dev.millrace.encoder.versions.ServedVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready as long as there is a version to answer with. */
@Readiness
@ApplicationScoped
class ServedReadiness implements HealthCheck {
    private final ServedVersion served;

    ServedReadiness(ServedVersion served) {
        this.served = served;
    }

    @Override
    public HealthCheckResponse call() {
        final Optional<VersionInfo> info = served.info();
        return HealthCheckResponse.named("served version")
                .status(info.isPresent())
                .withData("version", info.map(VersionInfo::version).orElse("none"))
                .build();
    }
}
