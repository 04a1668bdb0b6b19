package dev.millrace.checkpoints.channel;

import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.pointer.Destination;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.version.Names;
import java.util.Optional;
import java.util.Set;

/**
 * A channel and all that may be done to it. Each method reads where it stands and moves it by compare-and-swap, so that of two
 * hands one is told of the other; each throws like {@link CheckpointStore#moveHead}. A channel that is held stays for whoever
 * asks {@link Pointer#hold} first, as trainers do; a person's move goes through.
 */
public final class Channel {
    private final CheckpointStore store;
    private final String name;

    /** The channel of this name, of [a-z0-9][a-z0-9.-]{0,62}; it need not exist yet. */
    public Channel(final CheckpointStore store, final String name) {
        this.store = store;
        this.name = Names.name("channel", name);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Where it stands; empty when nothing was ever promoted to it. */
    public Optional<Pointer> pointer() {
        return store.channel(name);
    }

    /** Moves it to a version, or makes it, and leaves it free to move on. */
    public Pointer promote(final String version) {
        return move(pointer(), version, Optional.empty());
    }

    /** As {@link #promote}, if it still stands where {@code expected} says. */
    public Pointer promote(final Optional<Pointer> expected, final String version) {
        return move(expected, version, Optional.empty());
    }

    /** Moves it to a version, or makes it, and holds it there. */
    public Pointer pin(final String version, final String reason) {
        return move(pointer(), version, Optional.of(reason));
    }

    /** Holds it where it stands. */
    public Pointer hold(final String reason) {
        final Pointer current = existing();
        return move(Optional.of(current), current.version(), Optional.of(reason));
    }

    /** Lets it move on from where it stands. */
    public Pointer release() {
        final Pointer current = existing();
        return move(Optional.of(current), current.version(), Optional.empty());
    }

    /**
     * Moves it back to where it stood before, and holds it there: else the next version would undo this.
     *
     * @throws ChannelException when it has no past
     */
    public Pointer rollBack(final String reason) {
        return rollBack(existing(), reason);
    }

    /** As {@link #rollBack(String)}, if it still stands where {@code current} says. */
    public Pointer rollBack(final Pointer current, final String reason) {
        final String before = current.past().stream()
                .findFirst()
                .orElseThrow(() -> new ChannelException(name + " stood nowhere before " + current.version()));
        return rollBackTo(current, before, reason);
    }

    /**
     * Moves it back to a version of its past and holds it there, if it still stands where {@code current} says.
     *
     * @throws ChannelException when the version is not in its past
     */
    public Pointer rollBackTo(final Pointer current, final String version, final String reason) {
        if (!current.past().contains(version)) {
            throw new ChannelException(name + " has not stood at " + version + " lately");
        }
        return store.moveChannel(name, Optional.of(current), Destination.back(current, version, reason));
    }

    /**
     * Moves it from a version that left the lineage to one that is in it, free to move on, if it still stands where {@code current}
     * says. Versions that {@code left} are no part of its past any more.
     */
    public Pointer rewind(final Pointer current, final String version, final Set<String> left) {
        return store.moveChannel(name, Optional.of(current), Destination.rewound(current, version, left));
    }

    private Pointer existing() {
        return pointer().orElseThrow(() -> new ChannelException("there is no channel " + name));
    }

    private Pointer move(final Optional<Pointer> from, final String version, final Optional<String> hold) {
        return store.moveChannel(name, from, Destination.onward(from, version, hold));
    }
}
