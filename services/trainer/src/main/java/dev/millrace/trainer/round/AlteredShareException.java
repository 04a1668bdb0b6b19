package dev.millrace.trainer.round;

/** A share is not what its own file says, and cannot be merged; its records are read again. */
final class AlteredShareException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AlteredShareException(String share, String reason) {
        super("the share " + share + " of another trainer cannot be merged: " + reason);
    }
}
