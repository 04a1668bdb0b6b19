package dev.millrace.embedding.optim;

/** A loss or gradient that is infinite or no number; the weights were left as they were before the step. */
public final class NonFiniteStepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong.
     *
     * @param message what was not finite, and its value
     */
    public NonFiniteStepException(String message) {
        super(message);
    }
}
