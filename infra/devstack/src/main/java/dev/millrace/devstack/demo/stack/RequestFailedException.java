package dev.millrace.devstack.demo.stack;

import java.io.Serial;

/** A request that was not answered as it should have been; status 0 when there was no answer at all. */
public final class RequestFailedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final int status;

    RequestFailedException(String message, int status) {
        super(message);
        this.status = status;
    }

    RequestFailedException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    boolean notFound() {
        return status == 404;
    }
}
