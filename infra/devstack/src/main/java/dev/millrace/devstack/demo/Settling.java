package dev.millrace.devstack.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Notices that nothing moves any more: everything posted is learned, and neither lineage nor channel goes on. */
final class Settling {
    private final Duration quiet;
    private Optional<Seen> last = Optional.empty();

    Settling(Duration quiet) {
        this.quiet = quiet;
    }

    private record Seen(State state, Instant since) {}

    /** What must stand still. */
    record State(long backlog, String head, String served) {}

    boolean settled(State state, Instant now) {
        if (last.isEmpty() || !last.get().state().equals(state)) {
            last = Optional.of(new Seen(state, now));
        }
        return state.backlog() == 0 && !now.isBefore(last.get().since().plus(quiet));
    }
}
