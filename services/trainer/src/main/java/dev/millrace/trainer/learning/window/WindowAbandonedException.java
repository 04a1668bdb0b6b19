package dev.millrace.trainer.learning.window;

/**
 * A window was given up between two steps; its learner is to be closed, and the window is read again from the head's
 * offsets.
 */
public final class WindowAbandonedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public WindowAbandonedException(String message) {
        super(message);
    }
}
