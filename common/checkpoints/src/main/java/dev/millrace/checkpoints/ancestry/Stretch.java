package dev.millrace.checkpoints.ancestry;

import dev.millrace.checkpoints.version.Manifest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The versions that a summary adds to the one before, at most {@link Summary#EVERY} and one.
 *
 * @param parent of the first of them, up to which the summary before goes; empty where the first is the base
 * @param oldestFirst their manifests
 */
record Stretch(Optional<Manifest> parent, List<Manifest> oldestFirst) {

    /** Up to this version; UnfitLineageException where a manifest is missing, or names do not follow each other. */
    static Stretch to(final String version, final Function<String, Optional<Manifest>> manifests) {
        final Deque<Manifest> walked = new ArrayDeque<>();
        walked.add(read(version, manifests));
        while (true) {
            final Manifest oldest = walked.getFirst();
            final Optional<Manifest> parent = oldest.parent().map(name -> read(name, manifests));
            if (parent.isEmpty() || Summary.isDue(parent.get().version())) {
                return new Stretch(parent, List.copyOf(walked));
            }
            // Numbers that follow each other come to an end, whatever the manifests claim.
            if (!Succession.areNumbered(oldest.version(), parent.get().version())) {
                throw new UnfitLineageException(oldest.version(), "its number does not follow that of its parent");
            }
            walked.addFirst(parent.get());
        }
    }

    private static Manifest read(final String version, final Function<String, Optional<Manifest>> manifests) {
        return manifests.apply(version).orElseThrow(() -> new UnfitLineageException(version, "has no manifest"));
    }
}
