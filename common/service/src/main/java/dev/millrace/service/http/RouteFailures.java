package dev.millrace.service.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.jboss.logging.Logger;

/**
 * Answers what fails outside of JAX-RS, in a filter or in a route of the server's own. It takes the place of the server's error
 * handler, whose answer is no problem of RFC 9457.
 */
@Singleton
public final class RouteFailures {
    private static final Logger LOG = Logger.getLogger(RouteFailures.class);
    private static final int CALLERS_FAULT = 400;
    private static final int SERVICES_FAULT = 500;

    private final EarlyProblems problems;

    @Inject
    public RouteFailures(EarlyProblems problems) {
        this.problems = problems;
    }

    void register(@Observes Router router) {
        router.route().failureHandler(this::answer);
    }

    void register(@Observes ManagementInterface management) {
        management.router().route().failureHandler(this::answer);
    }

    private void answer(RoutingContext context) {
        final Problem problem = problem(context);
        if (problem.status() >= SERVICES_FAULT && !isGone(context, context.failure())) {
            LOG.error("A request failed unexpectedly", context.failure());
        }
        if (context.response().closed()) {
            return;
        }
        if (context.response().headWritten()) {
            context.response().reset();
        } else {
            problems.end(context, problem);
        }
    }

    /** Whether the request failed because its caller has hung up, which is its own affair. */
    static boolean isGone(RoutingContext context, Throwable failure) {
        return failure instanceof IOException && context.response().closed();
    }

    private static Problem problem(RoutingContext context) {
        final int status = context.statusCode();
        return status >= CALLERS_FAULT && status < SERVICES_FAULT
                ? Problem.of(status, HttpResponseStatus.valueOf(status).reasonPhrase(), "the request cannot be taken")
                : Problem.internal();
    }
}
