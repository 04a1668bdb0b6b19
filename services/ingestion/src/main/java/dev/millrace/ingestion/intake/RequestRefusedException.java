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

    /** The body is larger than a request may be. */
    public static final class TooLarge extends RequestRefusedException {
        TooLarge(int maxBytes) {
            super("the body must have at most " + maxBytes + " bytes");
        }
    }

    /** Too much waits for the broker already. */
    public static final class Overloaded extends RequestRefusedException {
        Overloaded() {
            super("too many records wait for the broker, nothing of this request was taken");
        }
    }
}
