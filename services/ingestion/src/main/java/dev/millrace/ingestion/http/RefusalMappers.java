package dev.millrace.ingestion.http;

import dev.millrace.ingestion.intake.RequestRefusedException;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Makes problems of this service's own exceptions. */
public final class RefusalMappers {
    private final Answers answers;

    @Inject
    public RefusalMappers(Answers answers) {
        this.answers = answers;
    }

    @ServerExceptionMapper
    public Response malformed(RequestRefusedException.Malformed refused) {
        return answers.failure(Failure.MALFORMED, refused.getMessage());
    }

    @ServerExceptionMapper
    public Response tooLarge(RequestRefusedException.TooLarge refused) {
        return answers.failure(Failure.TOO_LARGE, refused.getMessage());
    }

    @ServerExceptionMapper
    public Response overloaded(RequestRefusedException.Overloaded refused) {
        return answers.failure(Failure.OVERLOADED, refused.getMessage());
    }
}
