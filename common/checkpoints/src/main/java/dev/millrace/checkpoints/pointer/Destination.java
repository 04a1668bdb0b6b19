package dev.millrace.checkpoints.pointer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where a pointer is to stand: what a {@link Pointer} says but for what the move itself gives it. */
public record Destination(String version, List<String> past, Optional<String> hold) {

    /** For the head, and for a channel that begins. */
    public static Destination at(final String version) {
        return new Destination(version, List.of(), Optional.empty());
    }

    /** Forward to a version; where the channel stood joins its past, unless it stood there already. */
    public static Destination onward(final Optional<Pointer> from, final String version, final Optional<String> hold) {
        final List<String> past = new ArrayList<>();
        from.ifPresent(pointer -> {
            past.add(pointer.version());
            past.addAll(pointer.past());
        });
        past.removeIf(version::equals);
        return new Destination(version, past.subList(0, Math.min(past.size(), Pointer.PAST)), hold);
    }

    /** To a version of the lineage, from one that left it with those in {@code left}; free to move on. */
    public static Destination rewound(final Pointer from, final String version, final Set<String> left) {
        final List<String> past = from.past().stream()
                .filter(before -> !before.equals(version) && !left.contains(before))
                .toList();
        return new Destination(version, past, Optional.empty());
    }

    /** Back to a version of the past, which begins before it from then on. */
    public static Destination back(final Pointer from, final String version, final String reason) {
        final int after = from.past().indexOf(version) + 1;
        return new Destination(version, from.past().subList(after, from.past().size()), Optional.of(reason));
    }
}
