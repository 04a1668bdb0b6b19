package dev.millrace.encoder.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.encoder.EncoderMetrics;
import dev.millrace.encoder.request.Failure;
import dev.millrace.encoder.request.RequestFailedException;
import dev.millrace.service.http.Problem;
import dev.millrace.service.http.ProblemMappers;
import dev.millrace.service.http.Problems;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Problems with the member {@code error}, in which OpenAI's clients look for the message; each is counted. */
@Singleton
public final class EncoderProblems implements Problems {
    private final EncoderMetrics metrics;

    @Inject
    public EncoderProblems(EncoderMetrics metrics) {
        this.metrics = metrics;
    }

    @ServerExceptionMapper
    public Response known(RequestFailedException failed) {
        metrics.failed(failed.failure());
        return ProblemMappers.response(forOpenAi(problem(failed), failed.field()));
    }

    /** Counted already, and read by nobody: the connection is closed. */
    @ServerExceptionMapper
    public Response abandoned(CancellationException gone) {
        return ProblemMappers.response(
                problem(RequestFailedException.of(Failure.ABANDONED, "the connection was closed")));
    }

    @Override
    public Problem worded(Problem problem, String path) {
        switch (problem.status()) {
            case 401 -> metrics.failed(Failure.UNAUTHORIZED);
            case 413 -> metrics.failed(Failure.TOO_LARGE);
            case 429 -> metrics.failed(Failure.OVERLOADED);
            case 408 -> metrics.failed(Failure.DEADLINE);
            case 500 -> metrics.failed(Failure.INTERNAL);
            default -> metrics.failed(Failure.INVALID);
        }
        return forOpenAi(problem, Optional.empty());
    }

    private static Problem problem(RequestFailedException failed) {
        final String detail = failed.getMessage();
        final Duration pause = Duration.ofSeconds(failed.retrySeconds());
        return switch (failed.failure()) {
            case INVALID -> Problem.of(400, "Invalid request", detail);
            case UNAUTHORIZED -> Problem.of(401, "Unauthorized", detail);
            case UNKNOWN_MODEL -> Problem.of(404, "Model not found", detail);
            case TOO_LARGE -> Problem.of(413, "Request too large", detail);
            case UNENCODABLE -> Problem.of(422, "Unprocessable input", detail);
            case ABANDONED -> Problem.of(499, "Abandoned", detail);
            case OVERLOADED -> Problem.of(429, "Overloaded", detail).passingAfter(pause);
            case INTERNAL -> Problem.internal();
            case NOT_READY -> Problem.of(503, "Not ready", detail).passingAfter(pause);
            case DEADLINE -> Problem.of(504, "Deadline exceeded", detail);
        };
    }

    /** A missing parameter is written as null there. */
    private static Problem forOpenAi(Problem problem, Optional<String> field) {
        final ObjectNode error = JsonNodeFactory.instance
                .objectNode()
                .put("message", field.map(name -> name + " " + problem.detail()).orElse(problem.detail()))
                .put("type", problem.status() < 500 ? "invalid_request_error" : "server_error")
                .put("param", field.orElse(null))
                .put("code", problem.title().toLowerCase(Locale.ROOT).replace(' ', '_'));
        final Problem named = field.map(name -> problem.with("field", name)).orElse(problem);
        return named.with("error", error);
    }
}
