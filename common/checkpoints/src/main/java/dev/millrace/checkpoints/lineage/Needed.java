package dev.millrace.checkpoints.lineage;

import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.version.Manifest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Versions whose files something points to: head and channels, the parents of these, and where each channel would be rolled back to. */
record Needed(CheckpointStore store) {

    Optional<String> head() {
        return store.head().map(Pointer::version);
    }

    /** Asked anew by each call, as pointers move. */
    Set<String> versions() {
        final Set<String> needed = new HashSet<>();
        store.head().ifPresent(head -> needed.addAll(withParent(head)));
        store.channels().forEach(name -> store.channel(name).ifPresent(channel -> {
            needed.addAll(withParent(channel));
            channel.past().stream().limit(1).forEach(needed::add);
        }));
        return needed;
    }

    private List<String> withParent(final Pointer pointer) {
        final Optional<String> parent = store.manifest(pointer.version()).flatMap(Manifest::parent);
        return Stream.concat(Stream.of(pointer.version()), parent.stream()).toList();
    }
}
