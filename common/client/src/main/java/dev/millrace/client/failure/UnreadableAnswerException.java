package dev.millrace.client.failure;

import java.io.Serial;

/** A good status over a body that is not what the service answers: something else listens there. */
public final class UnreadableAnswerException extends ClientException {
    @Serial
    private static final long serialVersionUID = 1;

    public UnreadableAnswerException(String request, String reason) {
        super(request + ": the answer " + reason);
    }
}
