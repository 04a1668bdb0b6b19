package dev.millrace.admin.rewind;

/** A lineage cannot be taken back as asked; nothing is changed. */
public final class RewindRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RewindRefusedException(String message) {
        super(message);
    }
}
