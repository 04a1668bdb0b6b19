package dev.millrace.client.failure;

import java.io.Serial;

/** 404: no such model or version. */
public final class NotFoundException extends ProblemException {
    @Serial
    private static final long serialVersionUID = 1;

    public NotFoundException(String request, Problem problem) {
        super(request, problem);
    }
}
