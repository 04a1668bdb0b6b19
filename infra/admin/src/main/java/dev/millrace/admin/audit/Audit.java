package dev.millrace.admin.audit;

import dev.millrace.admin.audit.chain.Chain;
import dev.millrace.admin.audit.chain.ChainWalk;
import dev.millrace.admin.audit.chain.Findings;
import dev.millrace.admin.audit.chain.SummariesCheck;
import dev.millrace.checkpoints.ancestry.Summary;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Checks that every record is in the model's lineage exactly once, and that what is there is whole: walks from the head to the
 * base, follows the offsets, hashes the files, and counts the topic's records anew beside each manifest's counts. Changes
 * nothing, takes part in no group, and may run while trainers do: what they add meanwhile is not looked at.
 *
 * <p>{@link #run} may throw what the bucket throws, and a KafkaException when the broker cannot be read.
 */
public final class Audit {
    /** The manifest's setting that says how many ids its trainer remembers. */
    static final String HORIZON = "seen-ids";

    private static final long USUAL_HORIZON = 200_000;

    private final CheckpointStore store;

    /** Of the lineage that the store's head names. */
    public Audit(CheckpointStore store) {
        this.store = store;
    }

    /**
     * Runs it.
     *
     * @param topic the pairs that the lineage was learned from; empty: manifests are compared with each other only
     */
    public AuditReport run(Optional<AuditedTopic> topic, AuditScope scope) {
        Findings findings = new Findings();
        PointerCheck pointers = new PointerCheck(store, findings);
        Optional<String> head = pointers.head();
        // After the head: so that no version can stand behind the ends.
        topic.ifPresent(AuditedTopic::open);
        Chain chain = head.map(tip -> new ChainWalk(store, scope.deep(), findings).from(tip))
                .orElse(Chain.EMPTY);
        chain.check(findings);
        if (scope.deep()) {
            new SummariesCheck(store.ancestors(), findings).run(chain);
        }
        pointers.channels();
        FilesCheck check = new FilesCheck(store, pointers.pointedTo(), findings);
        if (scope.files()) {
            check.run(chain);
        }
        Optional<TopicTotals> totals = topic.map(pairs -> new TopicCheck(pairs, repeats(chain), findings).run(chain));
        return new AuditReport(
                head,
                chain.totals(),
                chain.footing().map(Summary::version),
                check.verified(),
                check.dropped(),
                totals,
                findings.wrong(),
                findings.notes());
    }

    private static Repeats repeats(Chain chain) {
        return new Repeats(
                horizons(chain).min().orElse(USUAL_HORIZON),
                horizons(chain).max().orElse(USUAL_HORIZON));
    }

    private static LongStream horizons(Chain chain) {
        return chain.oldestFirst().stream()
                .filter(manifest -> manifest.parent().isPresent())
                .map(manifest -> Optional.ofNullable(manifest.configuration().get(HORIZON)))
                .mapToLong(stated -> stated.filter(text -> text.matches("\\d{1,9}"))
                        .map(Long::parseLong)
                        .orElse(USUAL_HORIZON));
    }
}
