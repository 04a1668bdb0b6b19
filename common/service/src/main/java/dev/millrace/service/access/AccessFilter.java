package dev.millrace.service.access;

import dev.millrace.service.http.EarlyProblems;
import dev.millrace.service.http.Problem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/**
 * Lets nobody through without the role that a path needs, before the body is read. Health is for everybody, since probes send no token;
 * metrics and descriptions are, too, unless admins have a token of their own; everything else is for the API's role.
 */
@Singleton
public final class AccessFilter {
    private static final int FIRST_OF_ALL = 2000;
    private static final String OPERATIONS = "/q";
    private static final String HEALTH = OPERATIONS + "/health";

    private final Credentials credentials;
    private final boolean adminsOnly;
    private final Role api;
    private final EarlyProblems problems;

    @Inject
    public AccessFilter(Credentials credentials, HttpConfig http, ApiRole api, EarlyProblems problems) {
        this.credentials = credentials;
        this.adminsOnly = http.tokens().admin().isPresent();
        this.api = api.role();
        this.problems = problems;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, FIRST_OF_ALL);
    }

    private void check(RoutingContext context) {
        final Optional<Role> needed = needed(context.normalizedPath());
        if (needed.isEmpty() || !credentials.exist()) {
            context.next();
            return;
        }
        final Set<Role> roles = Optional.ofNullable(context.request().getHeader(HttpHeaders.AUTHORIZATION))
                .map(credentials::roles)
                .orElse(Set.of());
        if (roles.contains(needed.get())) {
            context.next();
        } else {
            problems.end(context, roles.isEmpty() ? Problem.unauthorized() : forbidden(needed.get()));
        }
    }

    private static Problem forbidden(Role needed) {
        return Problem.forbidden("this is for callers with the token of a " + needed.word());
    }

    private Optional<Role> needed(String path) {
        if (isBelow(HEALTH, path) || (isBelow(OPERATIONS, path) && !adminsOnly)) {
            return Optional.empty();
        }
        return Optional.of(isBelow(OPERATIONS, path) ? Role.ADMIN : api);
    }

    private static boolean isBelow(String folder, String path) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }
}
