package dev.millrace.client;

import java.io.Serial;

/** 404: no such model or version. */
public final class NotFoundException extends ProblemException {
    @Serial
    private static final long serialVersionUID = 1;

    NotFoundException(String request, Problem problem) {
        super(request, problem);
    }
}
