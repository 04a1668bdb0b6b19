package dev.millrace.client;

import java.io.Serial;

/** 401 or 403: the token is missing, or is not the one. */
public final class AccessDeniedException extends ProblemException {
    @Serial
    private static final long serialVersionUID = 1;

    AccessDeniedException(String request, Problem problem) {
        super(request, problem);
    }
}
