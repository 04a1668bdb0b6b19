package dev.millrace.encoder.http;

import dev.millrace.encoder.EncoderMetrics;
import dev.millrace.encoder.http.dialect.Dialects;
import dev.millrace.encoder.http.dialect.Wording;
import dev.millrace.encoder.request.Failure;
import dev.millrace.encoder.request.RequestFailedException;
import dev.millrace.service.http.Problem;
import dev.millrace.service.http.ProblemMappers;
import dev.millrace.service.http.Problems;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Problems with the members in which the clients of the API asked look for the message; each is counted. */
@Singleton
public final class EncoderProblems implements Problems {
    private final EncoderMetrics metrics;
    private final Dialects dialects;

    @Inject
    public EncoderProblems(EncoderMetrics metrics, Dialects dialects) {
        this.metrics = metrics;
        this.dialects = dialects;
    }

    @ServerExceptionMapper
    public Response known(RequestFailedException failed, RoutingContext request) {
        metrics.failed(failed.failure());
        final Wording wording = dialects.wording(request.normalizedPath());
        final Optional<String> field = failed.field().map(wording::field);
        final Problem problem = problem(failed);
        final Problem named = field.map(name -> problem.with("field", name)).orElse(problem);
        return ProblemMappers.response(wording.worded(new Wording.Refusal(failed.failure(), named, field)));
    }

    /** Counted already, and read by nobody: the connection is closed. */
    @ServerExceptionMapper
    public Response abandoned(CancellationException gone) {
        return ProblemMappers.response(
                problem(RequestFailedException.of(Failure.ABANDONED, "the connection was closed")));
    }

    @Override
    public Problem worded(Problem problem, String path) {
        final Failure failure =
                switch (problem.status()) {
                    case 401 -> Failure.UNAUTHORIZED;
                    case 413 -> Failure.TOO_LARGE;
                    case 429 -> Failure.OVERLOADED;
                    case 408 -> Failure.DEADLINE;
                    case 500 -> Failure.INTERNAL;
                    default -> Failure.INVALID;
                };
        metrics.failed(failure);
        return dialects.wording(path).worded(new Wording.Refusal(failure, problem, Optional.empty()));
    }

    private static Problem problem(RequestFailedException failed) {
        final String detail = failed.getMessage();
        final Duration pause = Duration.ofSeconds(failed.retrySeconds());
        return switch (failed.failure()) {
            case INVALID, EMPTY -> Problem.of(400, "Invalid request", detail);
            case UNAUTHORIZED -> Problem.of(401, "Unauthorized", detail);
            case UNKNOWN_MODEL -> Problem.of(404, "Model not found", detail);
            case UNSUPPORTED -> Problem.of(404, "Not supported", detail);
            case TOO_LARGE -> Problem.of(413, "Request too large", detail);
            case UNENCODABLE -> Problem.of(422, "Unprocessable input", detail);
            case ABANDONED -> Problem.of(499, "Abandoned", detail);
            case OVERLOADED -> Problem.of(429, "Overloaded", detail).passingAfter(pause);
            case INTERNAL -> Problem.internal();
            case NOT_READY -> Problem.of(503, "Not ready", detail).passingAfter(pause);
            case DEADLINE -> Problem.of(504, "Deadline exceeded", detail);
        };
    }
}
