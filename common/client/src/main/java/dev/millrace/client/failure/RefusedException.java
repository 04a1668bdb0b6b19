package dev.millrace.client.failure;

import java.io.Serial;

/** 400, 413 and the like: the same request would be refused again. */
public final class RefusedException extends ProblemException {
    @Serial
    private static final long serialVersionUID = 1;

    public RefusedException(String request, Problem problem) {
        super(request, problem);
    }
}
