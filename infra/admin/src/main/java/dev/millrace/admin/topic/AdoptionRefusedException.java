package dev.millrace.admin.topic;

/** A lineage cannot go on with the topic as asked; nothing is changed. */
public final class AdoptionRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AdoptionRefusedException(String message) {
        super(message);
    }
}
