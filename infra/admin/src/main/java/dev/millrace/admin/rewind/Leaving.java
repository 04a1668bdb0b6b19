package dev.millrace.admin.rewind;

import dev.millrace.checkpoints.ancestry.AncestorSum;
import dev.millrace.checkpoints.ancestry.Totals;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.TopicIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What leaves a lineage that is taken back.
 *
 * @param versions those after where it goes to, up to the head
 * @param topics what they and the one that it goes to were learned from, as far as it is known
 */
record Leaving(Totals versions, List<TopicIdentity> topics) {

    static Leaving of(CheckpointStore store, String head, Manifest to) {
        AncestorSum all = store.ancestors().sum(head);
        AncestorSum rest = store.ancestors().sum(to.version());
        if (all.isComplete() && rest.isComplete()) {
            return new Leaving(
                    all.totals().after(rest.totals()),
                    all.totals().topicsAfter(rest.totals().versions() - 1));
        }
        // Behind a gap the one may know by a summary what the other cannot reach.
        Totals walked = walk(store, head, to.version());
        return new Leaving(walked, Totals.of(to).plus(walked).topicsAfter(0));
    }

    private static Totals walk(CheckpointStore store, String head, String to) {
        Totals walked = Totals.NONE;
        Optional<Manifest> next = store.manifest(head);
        while (next.filter(manifest -> !manifest.version().equals(to)).isPresent()) {
            walked = Totals.of(next.get()).plus(walked);
            next = next.get().parent().flatMap(store::manifest);
        }
        return walked;
    }

    /** The newest of them by name, at most so many. */
    static List<String> newest(CheckpointStore store, String head, String to, int most) {
        List<String> names = new ArrayList<>();
        Optional<String> next = Optional.of(head);
        while (next.filter(name -> !name.equals(to)).isPresent() && names.size() < most) {
            names.add(next.get());
            next = next.flatMap(store::manifest).flatMap(Manifest::parent);
        }
        return names;
    }
}
