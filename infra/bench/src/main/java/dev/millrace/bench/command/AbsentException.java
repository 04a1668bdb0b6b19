package dev.millrace.bench.command;

/** A peer that is not on this machine, or cannot do this work. */
public final class AbsentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public AbsentException(String message) {
        super(message);
    }

    public AbsentException(String message, Throwable cause) {
        super(message, cause);
    }
}
