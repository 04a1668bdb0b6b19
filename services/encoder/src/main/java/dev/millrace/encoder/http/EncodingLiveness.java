package dev.millrace.encoder.http;

import dev.millrace.encoder.config.EncoderConfig;
import dev.millrace.encoder.versions.catalog.ModelCatalog;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Not live once a model does not come back from a pass: a call into native code that hangs throws nothing, and cannot be stopped. */
@Liveness
@ApplicationScoped
class EncodingLiveness implements HealthCheck {
    private final ModelCatalog catalog;
    private final Duration limit;

    EncodingLiveness(ModelCatalog catalog, EncoderConfig config) {
        this.catalog = catalog;
        limit = config.stallLimit();
    }

    @Override
    public HealthCheckResponse call() {
        final Optional<String> stall = catalog.stall(limit);
        return HealthCheckResponse.named("encoding")
                .status(stall.isEmpty())
                .withData("stall", stall.orElse("none"))
                .build();
    }
}
