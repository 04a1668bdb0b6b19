package dev.millrace.client.failure;

import java.io.IOException;
import java.io.Serial;

/** Nobody answered in time. What was posted may have been written; posting it again is safe, for its id is its key. */
public final class NoAnswerException extends ClientException {
    @Serial
    private static final long serialVersionUID = 1;

    public NoAnswerException(String request, IOException cause) {
        super(request + ": " + cause, cause);
    }
}
