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

/**
 * Says what is wrong with a body that will not be read: one that is too large, where the server, whose own limit stands behind this
 * one, would only hang up; and one that is compressed, where a reader would only see that it is no JSON.
 */
@Singleton
public final class BodyLimit {
    private static final int BEFORE_THE_SERVERS_OWN = 1000;
    private static final String IDENTITY = "identity";

    private final long maxBytes;
    private final EarlyProblems problems;

    /** {@code maxBody}: the server's own limit. */
    @Inject
    public BodyLimit(
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody, EarlyProblems problems) {
        this.maxBytes = maxBody.asLongValue();
        this.problems = problems;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_THE_SERVERS_OWN);
    }

    private void check(RoutingContext context) {
        final String encoding = context.request().headers().get(HttpHeaders.CONTENT_ENCODING);
        if (declaredBytes(context) > maxBytes) {
            problems.end(context, Problem.tooLarge(maxBytes));
        } else if (encoding != null && !encoding.strip().equalsIgnoreCase(IDENTITY)) {
            context.response().putHeader(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
            problems.end(context, Problem.compressed());
        } else {
            context.next();
        }
    }

    /** The server has refused a length that is no number; a body of unstated length is counted as it is read. */
    private static long declaredBytes(RoutingContext context) {
        return Optional.ofNullable(context.request().getHeader(HttpHeaders.CONTENT_LENGTH))
                .map(Long::parseLong)
                .orElse(0L);
    }
}
