package dev.millrace.checkpoints.ancestry;

import dev.millrace.checkpoints.version.Manifest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Adds up from a version back to the first summary that can be used, or to the base; holds no manifest but one. */
final class AncestorWalk {
    private final Summaries summaries;
    private final Function<String, Optional<Manifest>> manifests;
    private final Set<String> names = new HashSet<>();
    private final List<SummaryLook> unusable = new ArrayList<>();
    private Totals totals = Totals.NONE;

    AncestorWalk(final Summaries summaries, final Function<String, Optional<Manifest>> manifests) {
        this.summaries = summaries;
        this.manifests = manifests;
    }

    AncestorSum from(final String version) {
        Optional<String> next = Optional.of(version);
        while (next.isPresent()) {
            final String name = next.get();
            final SummaryLook look = summaries.look(name);
            if (look instanceof SummaryLook.Usable usable) {
                totals = usable.summary().totals().plus(totals);
                return sum(Optional.empty(), Optional.of(name));
            }
            if (!(look instanceof SummaryLook.NotDue)) {
                unusable.add(look);
            }
            final Optional<Manifest> manifest = names.add(name) ? manifests.apply(name) : Optional.empty();
            if (manifest.isEmpty()) {
                return sum(Optional.of(name), Optional.empty());
            }
            totals = Totals.of(manifest.get()).plus(totals);
            next = manifest.get().parent();
        }
        return sum(Optional.empty(), Optional.empty());
    }

    private AncestorSum sum(final Optional<String> gap, final Optional<String> summarized) {
        return new AncestorSum(totals, gap, summarized, unusable);
    }
}
