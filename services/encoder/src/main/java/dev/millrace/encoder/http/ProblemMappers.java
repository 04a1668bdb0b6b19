package dev.millrace.encoder.http;

import dev.millrace.encoder.EncoderMetrics;
import dev.millrace.encoder.serving.Failure;
import dev.millrace.encoder.serving.RequestFailedException;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where failures become statuses. */
public final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final int RETRY_SECONDS = 1;

    private final EncoderMetrics metrics;

    @Inject
    public ProblemMappers(EncoderMetrics metrics) {
        this.metrics = metrics;
    }

    @ServerExceptionMapper
    public Response known(RequestFailedException failed) {
        metrics.failed(failed.failure());
        return response(failed.failure(), failed.getMessage(), failed.field(), failed.retrySeconds());
    }

    /** Nobody reads it: the connection is closed. */
    @ServerExceptionMapper
    public Response abandoned(CancellationException gone) {
        metrics.failed(Failure.ABANDONED);
        return response(Failure.ABANDONED, "the connection was closed", Optional.empty());
    }

    @ServerExceptionMapper
    public Response protocol(WebApplicationException refused) {
        final Response.StatusType status = refused.getResponse().getStatusInfo();
        return Problem.of(status.getStatusCode(), status.getReasonPhrase(), refused.getMessage(), Optional.empty())
                .response()
                .build();
    }

    @ServerExceptionMapper
    public Response unexpected(Throwable bug) {
        LOG.error("A request failed unexpectedly", bug);
        metrics.failed(Failure.INTERNAL);
        return response(Failure.INTERNAL, "the request failed inside the service, its log says why", Optional.empty());
    }

    static Response response(Failure failure, String detail, Optional<String> field) {
        return response(failure, detail, field, RETRY_SECONDS);
    }

    private static Response response(Failure failure, String detail, Optional<String> field, int retrySeconds) {
        return switch (failure) {
            case INVALID -> problem(400, "Invalid request", detail, field).build();
            case UNAUTHORIZED ->
                problem(401, "Unauthorized", detail, field)
                        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                        .build();
            case UNKNOWN_MODEL -> problem(404, "Model not found", detail, field).build();
            case TOO_LARGE -> problem(413, "Request too large", detail, field).build();
            case UNENCODABLE ->
                problem(422, "Unprocessable input", detail, field).build();
            case ABANDONED -> problem(499, "Abandoned", detail, field).build();
            case OVERLOADED -> retry(problem(429, "Overloaded", detail, field), retrySeconds);
            case INTERNAL -> problem(500, "Internal error", detail, field).build();
            case NOT_READY -> retry(problem(503, "Not ready", detail, field), retrySeconds);
            case DEADLINE -> problem(504, "Deadline exceeded", detail, field).build();
        };
    }

    private static Response.ResponseBuilder problem(int status, String title, String detail, Optional<String> field) {
        return Problem.of(status, title, detail, field).response();
    }

    private static Response retry(Response.ResponseBuilder builder, int seconds) {
        return builder.header(HttpHeaders.RETRY_AFTER, seconds).build();
    }
}
