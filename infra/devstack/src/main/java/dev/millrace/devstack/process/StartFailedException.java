package dev.millrace.devstack.process;

/** The stack, or a part of it, could not be started; the message is one line a person can act on. */
public final class StartFailedException extends RuntimeException {
    public StartFailedException(String message) {
        super(message);
    }

    public StartFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
