package dev.millrace.ingestion.http;

import dev.millrace.ingestion.intake.RequestRefusedException;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where exceptions become problems. */
public final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    private final Answers answers;

    @Inject
    public ProblemMappers(Answers answers) {
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

    @ServerExceptionMapper
    public Response protocol(WebApplicationException refused) {
        return answers.status(refused.getResponse().getStatusInfo(), refused.getMessage());
    }

    /** The caller hung up, or brought more than it had said: its affair, and nothing for the log. */
    @ServerExceptionMapper
    public Response unread(IOException broken) {
        return answers.failure(Failure.MALFORMED, "the body could not be read to its end");
    }

    @ServerExceptionMapper
    public Response unexpected(Throwable bug) {
        LOG.error("A request failed unexpectedly", bug);
        return answers.failure(Failure.INTERNAL, "the request failed inside the service, its log says why");
    }
}
