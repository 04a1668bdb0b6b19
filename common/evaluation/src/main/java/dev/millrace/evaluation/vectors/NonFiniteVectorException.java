package dev.millrace.evaluation.vectors;

/** A vector with a number that is not finite, which is near to nothing. */
public final class NonFiniteVectorException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    NonFiniteVectorException(int row) {
        super("vector " + row + " holds a number that is not finite");
    }
}
