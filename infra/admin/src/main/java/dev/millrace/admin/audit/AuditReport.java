package dev.millrace.admin.audit;

import dev.millrace.checkpoints.version.Records;
import java.util.List;
import java.util.Optional;

/**
 * What an audit saw.
 *
 * @param head the lineage's tip; empty when there is none
 * @param versions how many versions the walk from the head met
 * @param verified how many of them had every file hashed and found as published
 * @param dropped how many of them keep only their manifest, as retention leaves them
 * @param records the sum of what their manifests say became of the records
 * @param topic what the topic of pairs says; empty when it was not asked
 * @param findings what is wrong; empty when all is well
 * @param notes what could not be compared, and what is worth knowing though not wrong
 */
public record AuditReport(
        Optional<String> head,
        int versions,
        int verified,
        int dropped,
        Records records,
        Optional<TopicTotals> topic,
        List<Finding> findings,
        List<Finding> notes) {

    /** Copies the lists. */
    public AuditReport {
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    /** Whether nothing is wrong. */
    public boolean clean() {
        return findings.isEmpty();
    }
}
