package dev.millrace.checkpoints.ancestry;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.transfer.VersionFiles;
import dev.millrace.checkpoints.version.AlteredVersionException;
import dev.millrace.checkpoints.version.Manifest;
import java.util.Optional;

/**
 * A version's ancestors, without reading them all: a summary covers those up to every 256th version. What is missing or altered is
 * logged and made up for by manifests. Every method may throw what {@link Bucket} throws, and {@link AlteredVersionException} for
 * a manifest that it has to read.
 */
public record Ancestors(Bucket bucket) {
    private static final System.Logger LOG = System.getLogger(Ancestors.class.getName());

    /** Looks for the summary of a version and its ancestors; asks the bucket nothing where none is due. */
    public SummaryLook summary(final String version) {
        return new Summaries(bucket).look(version);
    }

    /** What a version and its ancestors come to; some 300 reads, however many there are, where summaries are kept. */
    public AncestorSum sum(final String version) {
        final AncestorSum sum = new AncestorWalk(new Summaries(bucket), this::manifest).from(version);
        if (!sum.unusable().isEmpty()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0} summaries before {1} are missing or altered: manifests were read",
                    sum.unusable().size(),
                    version);
        }
        return sum;
    }

    /** The manifest of {@code sought}, if it is {@code tip} or an ancestor; some 600 reads, however far away, where summaries are kept. */
    public Optional<Manifest> find(final String tip, final String sought) {
        return new AncestorSearch(new Summaries(bucket), this::manifest).find(tip, sought);
    }

    /**
     * Makes the summary of a version and its ancestors, if one is due there, and before it those that are missing. Reads every
     * manifest since the last one twice at most. A lineage in which an audit would find something wrong is left as it is.
     */
    public void summarize(final String version) {
        if (!Summary.isDue(version)) {
            return;
        }
        try {
            new Summarizer(new Summaries(bucket), this::manifest).run(version);
        } catch (UnfitLineageException | IllegalArgumentException unfit) {
            LOG.log(System.Logger.Level.WARNING, "the lineage is not summed up, audit it: " + unfit.getMessage());
        }
    }

    private Optional<Manifest> manifest(final String version) {
        return new VersionFiles(bucket, version).manifest();
    }
}
