package dev.millrace.ingestion.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Says why a body is too large where the server, whose own limit stands behind this one, would only hang up. */
public final class BodyLimit {
    private static final int BEFORE_THE_SERVERS_OWN = 1000;

    private final long maxBytes;
    private final Answers answers;

    public BodyLimit(long maxBytes, Answers answers) {
        this.maxBytes = maxBytes;
        this.answers = answers;
    }

    public void register(Filters filters) {
        filters.register(this::check, BEFORE_THE_SERVERS_OWN);
    }

    private void check(RoutingContext context) {
        if (declaredBytes(context) <= maxBytes) {
            context.next();
        } else {
            refuse(context.response());
        }
    }

    private void refuse(HttpServerResponse response) {
        final Response problem =
                answers.failure(Failure.TOO_LARGE, "the body must have at most " + maxBytes + " bytes");
        response.setStatusCode(problem.getStatus())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(Json.encodeToBuffer(problem.getEntity()));
    }

    /** The server has refused a length that is no number; a body of unstated length is counted as it is read. */
    private static long declaredBytes(RoutingContext context) {
        return Optional.ofNullable(context.request().getHeader(HttpHeaders.CONTENT_LENGTH))
                .map(Long::parseLong)
                .orElse(0L);
    }
}
