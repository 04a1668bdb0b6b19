package dev.millrace.encoder.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.encoder.EncoderMetrics;
import dev.millrace.encoder.serving.Failure;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Says why a body is too large where the server, whose own limit stands behind this one, would only hang up. */
public final class BodyLimit {
    private static final int BEFORE_THE_SERVERS_OWN = 1000;

    private final long maxBytes;
    private final ObjectMapper json;
    private final EncoderMetrics metrics;

    public BodyLimit(long maxBytes, ObjectMapper json, EncoderMetrics metrics) {
        this.maxBytes = maxBytes;
        this.json = json;
        this.metrics = metrics;
    }

    public void register(Filters filters) {
        filters.register(this::check, BEFORE_THE_SERVERS_OWN);
    }

    private void check(RoutingContext context) {
        if (declaredBytes(context) <= maxBytes) {
            context.next();
        } else {
            refuse(context);
        }
    }

    private void refuse(RoutingContext context) {
        metrics.failed(Failure.TOO_LARGE);
        final Response problem = ProblemMappers.response(
                Failure.TOO_LARGE, "the body must have at most " + maxBytes + " bytes", Optional.empty());
        try {
            context.response()
                    .setStatusCode(problem.getStatus())
                    .putHeader(HttpHeaders.CONTENT_TYPE, problem.getHeaderString("Content-Type"))
                    .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                    .end(json.writeValueAsString(problem.getEntity()));
        } catch (JsonProcessingException e) {
            context.fail(e);
        }
    }

    /** The server has refused a length that is no number; a body of unstated length is counted as it is read. */
    private static long declaredBytes(RoutingContext context) {
        return Optional.ofNullable(context.request().getHeader(HttpHeaders.CONTENT_LENGTH))
                .map(Long::parseLong)
                .orElse(0L);
    }
}
