package dev.millrace.checkpoints.ancestry;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.DecisiveWrite;
import dev.millrace.checkpoints.bucket.Digests;
import dev.millrace.checkpoints.bucket.PreconditionFailedException;
import dev.millrace.checkpoints.version.Layout;
import java.util.Optional;

/** The summaries in a bucket. */
record Summaries(Bucket bucket) {
    private static final System.Logger LOG = System.getLogger(Summaries.class.getName());

    /** Reads and checks the one up to this version: its bytes, its manifest's, and those of the far ones down to the first. */
    SummaryLook look(final String version) {
        if (!Summary.isDue(version)) {
            return new SummaryLook.NotDue();
        }
        return bucket.get(Layout.summary(version))
                .map(stored -> judge(version, stored.body()))
                .orElseGet(() -> new SummaryLook.Missing(version));
    }

    private SummaryLook judge(final String version, final byte[] body) {
        try {
            final Summary summary = SummaryJson.read(version, body);
            requireItsManifest(summary);
            requireItsChain(summary);
            return new SummaryLook.Usable(summary);
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.WARNING, Layout.summary(version) + " is not used: " + e.getMessage());
            return new SummaryLook.Altered(version, e.getMessage());
        }
    }

    private void requireItsManifest(final Summary summary) {
        if (!manifestSha256(summary.version()).equals(Optional.of(summary.manifestSha256()))) {
            throw new IllegalArgumentException("manifestSha256: the manifest is another");
        }
    }

    /** Of a version's manifest; empty where there is none. */
    Optional<String> manifestSha256(final String version) {
        return bucket.get(Layout.manifest(version)).map(stored -> Digests.hex(stored.body()));
    }

    private void requireItsChain(final Summary summary) {
        if (!summary.before().equals(summary.far())) {
            summary.before().ifPresent(this::follow);
        }
        Optional<SummaryLink> next = summary.far();
        while (next.isPresent()) {
            next = follow(next.get()).far();
        }
    }

    /** The one that another names; an IllegalArgumentException where it is not there, or is not what was named. */
    Summary follow(final SummaryLink link) {
        final byte[] body = bucket.get(Layout.summary(link.version()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "the summary of " + link.version() + ", which it names, is missing"))
                .body();
        if (!Digests.hex(body).equals(link.sha256())) {
            throw new IllegalArgumentException("the summary of " + link.version() + " is not the one that it names");
        }
        return SummaryJson.read(link.version(), body);
    }

    /** Never over another: what is altered stays until a person has seen it. */
    void write(final Summary summary) {
        final String key = Layout.summary(summary.version());
        try {
            new DecisiveWrite(bucket).put(key, SummaryJson.write(summary), Condition.IF_ABSENT);
        } catch (PreconditionFailedException other) {
            LOG.log(System.Logger.Level.WARNING, key + " is altered, and stays until it is removed");
        }
    }
}
