package dev.millrace.client.failure;

import java.io.Serial;

/** 401 or 403: the token is missing, or is not the one. */
public final class AccessDeniedException extends ProblemException {
    @Serial
    private static final long serialVersionUID = 1;

    public AccessDeniedException(String request, Problem problem) {
        super(request, problem);
    }
}
