package dev.millrace.admin.audit;

import dev.millrace.admin.audit.chain.Finding;
import dev.millrace.checkpoints.ancestry.Totals;
import dev.millrace.checkpoints.version.Records;
import java.util.List;
import java.util.Optional;

/**
 * What an audit saw.
 *
 * @param head the lineage's tip; empty when there is none
 * @param lineage what the versions from the head to the base come to, as far as they can be followed
 * @param summarized the last version whose ancestors were taken from their summary; empty where every manifest was read
 * @param verified how many of them had every file hashed and found as published
 * @param dropped how many of them keep only their manifest, as retention leaves them
 * @param topic what the topic of pairs says; empty when it was not asked
 * @param findings what is wrong; empty when all is well
 * @param notes what could not be compared, and what is worth knowing though not wrong
 */
public record AuditReport(
        Optional<String> head,
        Totals lineage,
        Optional<String> summarized,
        int verified,
        int dropped,
        Optional<TopicTotals> topic,
        List<Finding> findings,
        List<Finding> notes) {

    /** Copies the lists. */
    public AuditReport {
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    /** How many versions the lineage has. */
    public long versions() {
        return lineage.versions();
    }

    /** The sum of what their manifests say became of the records. */
    public Records records() {
        return lineage.records();
    }

    /** Whether nothing is wrong. */
    public boolean clean() {
        return findings.isEmpty();
    }
}
