package dev.millrace.encoder.http;

import dev.millrace.encoder.EncoderMetrics;
import dev.millrace.encoder.config.HttpConfig;
import dev.millrace.encoder.serving.Failure;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets nobody into /v1 without the configured token. */
public final class BearerToken {
    private final Optional<byte[]> expected;
    private final EncoderMetrics metrics;

    @Inject
    public BearerToken(HttpConfig config, EncoderMetrics metrics) {
        this.expected = config.token().map(token -> bytes("Bearer " + token));
        this.metrics = metrics;
    }

    @ServerRequestFilter(preMatching = true)
    public Optional<Response> check(ContainerRequestContext request) {
        final Optional<String> given = Optional.ofNullable(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        if (expected.isEmpty() || given.filter(this::matches).isPresent()) {
            return Optional.empty();
        }
        metrics.failed(Failure.UNAUTHORIZED);
        return Optional.of(ProblemMappers.response(
                Failure.UNAUTHORIZED, "Authorization: Bearer with this service's token is needed", Optional.empty()));
    }

    /** In constant time, so that the time taken tells nothing about the token. */
    private boolean matches(String given) {
        return MessageDigest.isEqual(bytes(given), expected.orElseThrow());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
