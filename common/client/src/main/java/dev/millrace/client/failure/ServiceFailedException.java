package dev.millrace.client.failure;

import java.io.Serial;

/** 500, 504 and whatever else has no exception of its own: the service failed, not the request. */
public final class ServiceFailedException extends ProblemException {
    @Serial
    private static final long serialVersionUID = 1;

    public ServiceFailedException(String request, Problem problem) {
        super(request, problem);
    }
}
