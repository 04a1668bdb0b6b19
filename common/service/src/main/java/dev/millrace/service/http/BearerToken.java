package dev.millrace.service.http;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets nobody in without the configured token, before the body is read. */
public final class BearerToken {
    private final Optional<byte[]> expected;
    private final Problems problems;

    @Inject
    public BearerToken(HttpConfig config, Problems problems) {
        this.expected = config.token().map(token -> bytes("Bearer " + token));
        this.problems = problems;
    }

    /** Empty when the caller may pass. */
    @ServerRequestFilter(preMatching = true)
    public Optional<Response> check(ContainerRequestContext request) {
        final Optional<String> given = Optional.ofNullable(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        return admits(given)
                ? Optional.empty()
                : Optional.of(ProblemMappers.response(problems.worded(Problem.unauthorized())));
    }

    /** Whether a request with this Authorization may pass; for what is decided before JAX-RS is reached. */
    public boolean admits(Optional<String> authorization) {
        return expected.isEmpty() || authorization.filter(this::matches).isPresent();
    }

    /** In constant time, so that the time taken tells nothing about the token. */
    private boolean matches(String given) {
        return MessageDigest.isEqual(bytes(given), expected.orElseThrow());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
