package dev.millrace.service.access;

import dev.millrace.service.http.EarlyProblems;
import dev.millrace.service.http.Problem;
import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/**
 * Lets nobody through without the role that a path needs. On the service's own port, before the body is read: descriptions are for
 * everybody unless admins have a token of their own, what the API leaves open may be read by everybody, all else is for the API's
 * role. On the management port: health is for everybody, since probes send no token; metrics are, too, unless admins have a token of
 * their own.
 */
@Singleton
public final class AccessFilter {
    private static final int FIRST_OF_ALL = 2000;
    private static final String OPERATIONS = "/q";
    private static final String HEALTH = OPERATIONS + "/health";
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final Credentials credentials;
    private final Optional<Role> operations;
    private final ApiRole api;
    private final EarlyProblems problems;

    @Inject
    public AccessFilter(Credentials credentials, HttpConfig http, ApiRole api, EarlyProblems problems) {
        this.credentials = credentials;
        this.operations = http.tokens().admin().map(token -> Role.ADMIN);
        this.api = api;
        this.problems = problems;
    }

    void register(@Observes Filters filters) {
        filters.register(context -> check(context, needed(context)), FIRST_OF_ALL);
    }

    private Optional<Role> needed(RoutingContext context) {
        if (isBelow(OPERATIONS, context)) {
            return operations;
        }
        return isOpen(context) ? Optional.empty() : Optional.of(api.role());
    }

    private boolean isOpen(RoutingContext context) {
        return READING.contains(context.request().method()) && api.open().contains(context.normalizedPath());
    }

    void register(@Observes ManagementInterface management) {
        management
                .router()
                .route()
                .order(RouteConstants.ROUTE_ORDER_CORS_MANAGEMENT)
                .handler(context -> {
                    // Quarkus lets every web page read this port; a browser on the same machine is no reason to.
                    context.response().headers().remove(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
                    check(context, isBelow(HEALTH, context) ? Optional.empty() : operations);
                });
    }

    private void check(RoutingContext context, Optional<Role> needed) {
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

    private static boolean isBelow(String folder, RoutingContext context) {
        final String path = context.normalizedPath();
        return path.equals(folder) || path.startsWith(folder + "/");
    }
}
