package dev.millrace.client.failure;

import java.io.Serial;
import java.util.Optional;

/** A status outside 2xx, with what RFC 9457's body said of it. */
public abstract sealed class ProblemException extends ClientException
        permits RefusedException, AccessDeniedException, NotFoundException, BusyException, ServiceFailedException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    ProblemException(String request, Problem problem) {
        super(request + ": " + problem);
        this.problem = problem;
    }

    /** The HTTP status, 300..599. */
    public int status() {
        return problem.status();
    }

    /** What kind of problem it is, the same for all of its kind. */
    public String title() {
        return problem.title();
    }

    /** What it is this time. */
    public String detail() {
        return problem.detail();
    }

    /** The request's member at fault, where there is one, such as {@code input[3]}. */
    public Optional<String> field() {
        return problem.field();
    }
}
