package dev.millrace.evaluate.model;

/** Among the texts is one that has no vector. */
public final class RefusedTextException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public RefusedTextException(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }
}
