package dev.millrace.service.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says why a body is too large where the server, whose own limit stands behind this one, would only hang up. */
@Singleton
public final class BodyLimit {
    private static final int BEFORE_THE_SERVERS_OWN = 1000;

    private final long maxBytes;
    private final EarlyProblems refusals;

    /** {@code maxBody}: the server's own limit. */
    @Inject
    public BodyLimit(
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody, EarlyProblems refusals) {
        this.maxBytes = maxBody.asLongValue();
        this.refusals = refusals;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_THE_SERVERS_OWN);
    }

    private void check(RoutingContext context) {
        if (declaredBytes(context) <= maxBytes) {
            context.next();
        } else {
            refusals.end(context, Problem.tooLarge(maxBytes));
        }
    }

    /** The server has refused a length that is no number; a body of unstated length is counted as it is read. */
    private static long declaredBytes(RoutingContext context) {
        return Optional.ofNullable(context.request().getHeader(HttpHeaders.CONTENT_LENGTH))
                .map(Long::parseLong)
                .orElse(0L);
    }
}
