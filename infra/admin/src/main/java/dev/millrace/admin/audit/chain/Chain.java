package dev.millrace.admin.audit.chain;

import dev.millrace.checkpoints.ancestry.Succession;
import dev.millrace.checkpoints.ancestry.Summary;
import dev.millrace.checkpoints.ancestry.Totals;
import dev.millrace.checkpoints.lineage.TopicHistory;
import dev.millrace.checkpoints.version.Manifest;
import java.util.List;
import java.util.Optional;

/**
 * The manifests from head to base, as far as they were walked.
 *
 * @param footing what the first of them and its ancestors come to; empty where the walk went on to the base, or as far as it could
 * @param oldestFirst the manifests; never one twice
 * @param topics which topic each was learned from
 * @param complete whether nothing is missing, back to the base
 */
public record Chain(Optional<Summary> footing, List<Manifest> oldestFirst, TopicHistory topics, boolean complete) {
    /** Of a lineage without a version. */
    public static final Chain EMPTY = new Chain(Optional.empty(), List.of(), true);

    Chain(Optional<Summary> footing, List<Manifest> oldestFirst, boolean complete) {
        this(
                footing,
                oldestFirst,
                TopicHistory.of(footing.flatMap(summary -> summary.totals().topic()), oldestFirst),
                complete);
    }

    /** What all come to, those before the footing included. */
    public Totals totals() {
        Totals before = footing.map(Summary::totals).orElse(Totals.NONE);
        return oldestFirst.stream()
                .skip(footing.isPresent() ? 1 : 0)
                .map(Totals::of)
                .reduce(before, Totals::plus);
    }

    /** Finds offsets that go back, partitions that disappear, and names out of order. */
    public void check(Findings findings) {
        for (int i = 1; i < oldestFirst.size(); i++) {
            String version = oldestFirst.get(i).version();
            succession(i).faults().forEach(fault -> findings.wrong(version, fault));
        }
    }

    /** Whether the version at this index and its parent were learned from one topic, so that their offsets can be compared. */
    public boolean isOfOneTopic(int index) {
        return succession(index).isOfOneTopic();
    }

    private Succession succession(int index) {
        return new Succession(oldestFirst.get(index - 1), topics.topic(index - 1), oldestFirst.get(index));
    }
}
