package dev.millrace.admin.audit.chain;

import dev.millrace.checkpoints.ancestry.SummaryLook;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.version.AlteredVersionException;
import dev.millrace.checkpoints.version.Manifest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Walks from a version to the last summary of its ancestors that can be used; where there is none, or it is not to stop there, to
 * the base, or to the first manifest that is missing, malformed, or walked over already.
 */
public final class ChainWalk {
    private final CheckpointStore store;
    private final boolean deep;
    private final Findings findings;
    private final Deque<Manifest> walked = new ArrayDeque<>();
    private final Set<String> names = new HashSet<>();
    private final SummaryFindings summaries;

    /** {@code deep}: no summary is looked at. */
    public ChainWalk(CheckpointStore store, boolean deep, Findings findings) {
        this.store = store;
        this.deep = deep;
        this.findings = findings;
        this.summaries = new SummaryFindings(findings);
    }

    /** From this version. */
    public Chain from(String head) {
        Chain chain = walk(head);
        summaries.say();
        return chain;
    }

    private Chain walk(String head) {
        Optional<String> next = Optional.of(head);
        while (next.isPresent()) {
            Optional<Manifest> manifest = read(next.get());
            if (manifest.isEmpty()) {
                return new Chain(Optional.empty(), List.copyOf(walked), false);
            }
            walked.addFirst(manifest.get());
            if (!deep && look(next.get()) instanceof SummaryLook.Usable usable) {
                return new Chain(Optional.of(usable.summary()), List.copyOf(walked), true);
            }
            next = manifest.get().parent();
        }
        return new Chain(Optional.empty(), List.copyOf(walked), true);
    }

    private SummaryLook look(String version) {
        SummaryLook look = store.ancestors().summary(version);
        summaries.add(look);
        return look;
    }

    private Optional<Manifest> read(String name) {
        if (!names.add(name)) {
            findings.wrong(name, "the lineage goes in a circle: " + childOf(walked) + " names it as parent again");
            return Optional.empty();
        }
        try {
            Optional<Manifest> manifest = store.manifest(name);
            if (manifest.isEmpty()) {
                findings.wrong(name, "has no manifest though " + childOf(walked) + " names it: the lineage has a gap");
            }
            return manifest;
        } catch (AlteredVersionException e) {
            findings.wrong(name, e.file() + " " + e.reason() + "; nothing older can be walked");
            return Optional.empty();
        }
    }

    private static String childOf(Deque<Manifest> walked) {
        return walked.isEmpty() ? "the head" : walked.getFirst().version();
    }
}
