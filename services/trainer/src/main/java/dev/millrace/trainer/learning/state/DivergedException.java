package dev.millrace.trainer.learning.state;

/**
 * Training on a window went wrong in a way that trying again would not mend; what was learned of it is to be thrown
 * away.
 */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DivergedException(String message) {
        super(message);
    }
}
