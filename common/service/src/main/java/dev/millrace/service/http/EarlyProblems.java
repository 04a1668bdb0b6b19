package dev.millrace.service.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Answers before a body is read to its end; the connection is closed with it, since it cannot be used for another request. */
@Singleton
public final class EarlyProblems {
    private final ObjectMapper json;
    private final Problems problems;

    /** {@code problems}: how the service words them. */
    @Inject
    public EarlyProblems(ObjectMapper json, Problems problems) {
        this.json = json;
        this.problems = problems;
    }

    /** Ends the request with the problem. */
    public void end(RoutingContext context, Problem problem) {
        final Problem worded = problems.worded(problem, context.normalizedPath());
        final HttpServerResponse response = context.response();
        try {
            final byte[] body = json.writeValueAsBytes(worded);
            worded.headers().forEach(response::putHeader);
            if (context.request().version() != HttpVersion.HTTP_2) {
                response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
            response.setStatusCode(worded.status()).end(Buffer.buffer(body));
        } catch (JsonProcessingException e) {
            context.fail(e);
        }
    }
}
