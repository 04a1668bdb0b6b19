package dev.millrace.checkpoints.ancestry;

import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.VersionName;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds a version among another and its ancestors: by manifests to the next summary, by these near to it, and by manifests to it. */
record AncestorSearch(Summaries summaries, Function<String, Optional<Manifest>> manifests) {
    private static final System.Logger LOG = System.getLogger(AncestorSearch.class.getName());

    /** The manifest of {@code sought}; empty where it is none of them. */
    Optional<Manifest> find(final String tip, final String sought) {
        final Optional<Long> number = VersionName.parse(sought).map(VersionName::sequence);
        final Set<String> names = new HashSet<>();
        Optional<String> next = Optional.of(tip);
        while (next.filter(names::add).isPresent()) {
            final String name = next.get();
            final Optional<Manifest> manifest = manifests.apply(name);
            if (name.equals(sought) || manifest.isEmpty() || isPassed(name, number)) {
                return manifest.filter(found -> name.equals(sought));
            }
            final Optional<String> parent = manifest.get().parent();
            next = number.flatMap(sequence -> nearest(name, sequence)).or(() -> parent);
        }
        return Optional.empty();
    }

    /** Whether all ancestors of the version are older than the one that is sought. */
    private static boolean isPassed(final String version, final Optional<Long> number) {
        return number.flatMap(sequence -> VersionName.parse(version).map(name -> name.sequence() <= sequence))
                .orElse(false);
    }

    /** The oldest summarized version that can be reached and is not older; empty where the version itself is it, or has no summary. */
    private Optional<String> nearest(final String version, final long sequence) {
        if (!(summaries.look(version) instanceof SummaryLook.Usable usable)) {
            return Optional.empty();
        }
        Summary nearest = usable.summary();
        Optional<SummaryLink> step = nearest.toward(sequence);
        try {
            while (step.isPresent()) {
                nearest = summaries.follow(step.get());
                step = nearest.toward(sequence);
            }
        } catch (IllegalArgumentException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "manifests before " + nearest.version() + " are read: " + e.getMessage());
        }
        return Optional.of(nearest.version()).filter(reached -> !reached.equals(version));
    }
}
