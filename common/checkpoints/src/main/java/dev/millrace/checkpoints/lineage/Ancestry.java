package dev.millrace.checkpoints.lineage;

import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.Records;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A walk from a version to its base that ends whatever the manifests claim. */
final class Ancestry {
    private final Function<String, Optional<Manifest>> manifests;
    private final List<Manifest> walked = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private Ancestry(final Function<String, Optional<Manifest>> manifests) {
        this.manifests = manifests;
    }

    static Lineage walk(final String tip, final Function<String, Optional<Manifest>> manifests) {
        final Ancestry ancestry = new Ancestry(manifests);
        final Lineage.End end = ancestry.walk(tip);
        final Records sum = ancestry.walked.stream().map(Manifest::records).reduce(Records.NONE, Records::plus);
        return new Lineage(ancestry.walked, sum, end);
    }

    private Lineage.End walk(final String tip) {
        Optional<String> next = Optional.of(tip);
        while (next.isPresent()) {
            final String name = next.get();
            if (!names.add(name)) {
                return new Lineage.End.Cycle(name);
            }
            final Optional<Manifest> manifest = manifests.apply(name);
            if (manifest.isEmpty()) {
                return new Lineage.End.Missing(name);
            }
            walked.add(manifest.get());
            next = manifest.get().parent();
        }
        return new Lineage.End.Base();
    }
}
