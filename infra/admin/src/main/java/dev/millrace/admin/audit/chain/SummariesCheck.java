package dev.millrace.admin.audit.chain;

import dev.millrace.checkpoints.ancestry.Ancestors;
import dev.millrace.checkpoints.ancestry.SummaryLook;
import dev.millrace.checkpoints.ancestry.Totals;
import dev.millrace.checkpoints.version.Manifest;

/** Compares what summaries say with what the manifests come to; of a chain that goes back to the base. */
public final class SummariesCheck {
    private final Ancestors ancestors;
    private final Findings findings;

    /** Of the summaries in the bucket. */
    public SummariesCheck(Ancestors ancestors, Findings findings) {
        this.ancestors = ancestors;
        this.findings = findings;
    }

    /** Where the chain is complete. */
    public void run(Chain chain) {
        if (!chain.complete()) {
            return;
        }
        SummaryFindings summaries = new SummaryFindings(findings);
        Totals totals = Totals.NONE;
        for (Manifest manifest : chain.oldestFirst()) {
            totals = totals.plus(Totals.of(manifest));
            SummaryLook look = ancestors.summary(manifest.version());
            summaries.add(look);
            compare(manifest.version(), look, totals);
        }
        summaries.say();
    }

    private void compare(String version, SummaryLook look, Totals totals) {
        if (look instanceof SummaryLook.Usable usable
                && !usable.summary().totals().equals(totals)) {
            findings.wrong(
                    version, "its summary is of " + usable.summary().totals() + ", the manifests come to " + totals);
        }
    }
}
