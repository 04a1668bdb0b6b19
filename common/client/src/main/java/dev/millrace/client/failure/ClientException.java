package dev.millrace.client.failure;

import java.io.Serial;

/** A call that brought no result; the message names the request and the reason. */
public abstract sealed class ClientException extends RuntimeException
        permits NoAnswerException, UnreadableAnswerException, ProblemException {
    @Serial
    private static final long serialVersionUID = 1;

    ClientException(String message) {
        super(message);
    }

    ClientException(String message, Throwable cause) {
        super(message, cause);
    }
}
