package dev.millrace.ingestion.intake;

/** A request of which no item was looked at. */
public abstract sealed class RequestRefusedException extends RuntimeException {
    private RequestRefusedException(String message) {
        super(message, null, false, false);
    }

    /** The body is no batch. */
    public static final class Malformed extends RequestRefusedException {
        Malformed(String message) {
            super(message);
        }
    }

    /** Too much waits for the broker already. */
    public static final class Overloaded extends RequestRefusedException {
        Overloaded() {
            super("too many records wait for the broker, nothing of this request was taken");
        }
    }
}
