package dev.millrace.ingestion.http;

import dev.millrace.ingestion.intake.RequestRefusedException;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
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
    public Response refused(RequestRefusedException refused) {
        final Failure failure =
                refused instanceof RequestRefusedException.Overloaded ? Failure.OVERLOADED : Failure.MALFORMED;
        return answers.failure(failure, refused.getMessage());
    }

    @ServerExceptionMapper
    public Response protocol(WebApplicationException refused) {
        return answers.status(refused.getResponse().getStatusInfo(), refused.getMessage());
    }

    @ServerExceptionMapper
    public Response unexpected(Throwable bug) {
        LOG.error("A request failed unexpectedly", bug);
        return answers.failure(Failure.INTERNAL, "the request failed inside the service, its log says why");
    }
}
