package dev.millrace.bench;

/** A peer that is not on this machine, or cannot do this work. */
final class AbsentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    AbsentException(String message) {
        super(message);
    }

    AbsentException(String message, Throwable cause) {
        super(message, cause);
    }
}
