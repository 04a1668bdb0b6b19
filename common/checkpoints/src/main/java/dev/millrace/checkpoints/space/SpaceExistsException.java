package dev.millrace.checkpoints.space;

/** There is a space of this name already: an index that was built again is another one, and takes another name. */
public final class SpaceExistsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SpaceExistsException(final String name) {
        super("there is a space " + name
                + " already, and a space never changes: take another name, or remove it first");
    }
}
