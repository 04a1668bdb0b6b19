package dev.millrace.admin.audit.chain;

import dev.millrace.checkpoints.ancestry.SummaryLook;
import java.util.ArrayList;
import java.util.List;

/** What an audit has to say of summaries that it could not use. */
final class SummaryFindings {
    private final Findings findings;
    private final List<String> missing = new ArrayList<>();

    SummaryFindings(Findings findings) {
        this.findings = findings;
    }

    void add(SummaryLook look) {
        if (look instanceof SummaryLook.Missing gone) {
            missing.add(gone.version());
        } else if (look instanceof SummaryLook.Altered altered) {
            findings.wrong(
                    altered.version(),
                    "its summary is not to be trusted, and manifests are read instead: " + altered.reason()
                            + "; remove what is wrong, and it is made anew with the next that is due");
        }
    }

    /** One line for all that are missing, as a lineage of an older Millrace has none at all. */
    void say() {
        missing.stream()
                .findFirst()
                .ifPresent(first -> findings.note(
                        first,
                        "has no summary"
                                + (missing.size() > 1 ? ", nor have " + (missing.size() - 1) + " others" : "")
                                + ": manifests are read instead; the trainers' next makes what is missing"));
    }
}
