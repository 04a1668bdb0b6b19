package dev.millrace.service.http;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Makes problems of the exceptions that no service's own mapper takes. */
public final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final int SERVICES_FAULT = 500;

    private final Problems problems;

    @Inject
    public ProblemMappers(Problems problems) {
        this.problems = problems;
    }

    /** The problem as a response of JAX-RS. */
    public static Response response(Problem problem) {
        final Response.ResponseBuilder response =
                Response.status(problem.status()).entity(problem);
        problem.headers().forEach(response::header);
        return response.build();
    }

    /** What JAX-RS itself refuses: the path, the method, the media type. */
    @ServerExceptionMapper
    public Response protocol(WebApplicationException refused, RoutingContext context) {
        final Response.StatusType status = refused.getResponse().getStatusInfo();
        return status.getStatusCode() >= SERVICES_FAULT
                ? unexpected(refused, context)
                : worded(Problem.of(status.getStatusCode(), status.getReasonPhrase(), detail(refused)), context);
    }

    /** In the caller's words: JAX-RS speaks of annotations and resource methods. */
    private static String detail(WebApplicationException refused) {
        return switch (refused.getResponse().getStatus()) {
            case 404 -> "there is nothing at this path";
            case 405 -> "this path does not take the method";
            case 406 -> "answers are application/json";
            case 415 -> "the Content-Type must be application/json";
            default -> refused.getMessage();
        };
    }

    /** A bug, unless the caller has hung up meanwhile: then nobody reads the answer. */
    @ServerExceptionMapper
    public Response unexpected(Throwable bug, RoutingContext context) {
        if (RouteFailures.isGone(context, bug)) {
            return response(Problem.internal());
        }
        LOG.error("A request failed unexpectedly", bug);
        return worded(Problem.internal(), context);
    }

    private Response worded(Problem problem, RoutingContext context) {
        return response(problems.worded(problem, context.normalizedPath()));
    }
}
