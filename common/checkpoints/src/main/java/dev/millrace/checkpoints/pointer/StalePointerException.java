package dev.millrace.checkpoints.pointer;

import dev.millrace.checkpoints.version.CheckpointException;
import java.util.Optional;

/** A compare-and-swap lost: the pointer is no longer what the caller had seen. */
public final class StalePointerException extends CheckpointException {
    private final transient Optional<Pointer> current;

    /** The pointer's key and what it holds now, empty when it is gone. */
    public StalePointerException(final String key, final Optional<Pointer> current) {
        super(key + " moved meanwhile: it is at "
                + current.map(Pointer::version).orElse("nothing"));
        this.current = current;
    }

    /** What the pointer held right after the loss; empty when it is gone. */
    public Optional<Pointer> current() {
        return current;
    }
}
