package dev.millrace.admin.audit;

import dev.millrace.admin.audit.chain.Chain;
import dev.millrace.admin.audit.chain.Findings;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.lineage.DroppedVersionException;
import dev.millrace.checkpoints.version.AlteredVersionException;
import dev.millrace.checkpoints.version.Manifest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Hashes every file of the versions that still keep theirs, in whatever folders they lie. */
final class FilesCheck {
    private final CheckpointStore store;
    private final Set<String> pointedTo;
    private final Findings findings;
    private final Set<String> needed = new HashSet<>();
    private int verified;
    private int dropped;

    /** {@code pointedTo}: versions that head or a channel points to, so that retention leaves them alone. */
    FilesCheck(CheckpointStore store, Set<String> pointedTo, Findings findings) {
        this.store = store;
        this.pointedTo = pointedTo;
        this.findings = findings;
    }

    /** Of those that were walked; of those before the footing, only what a pointer keeps can have files. */
    void run(Chain chain) {
        List<Manifest> torn = new ArrayList<>();
        for (Manifest manifest : kept(chain)) {
            if (!settled(manifest)) {
                torn.add(manifest);
            }
        }
        pointedTo.forEach(version -> readable(version).ifPresent(this::need));
        // Looked at last, and again: a retention that was at work meanwhile is done with them by now.
        torn.forEach(this::settleTorn);
    }

    private List<Manifest> kept(Chain chain) {
        List<Manifest> kept = new ArrayList<>(chain.oldestFirst());
        if (chain.footing().isPresent()) {
            Set<String> walked =
                    chain.oldestFirst().stream().map(Manifest::version).collect(Collectors.toSet());
            pointedTo.stream()
                    .filter(version -> !walked.contains(version))
                    .sorted()
                    .forEach(version -> readable(version).ifPresent(kept::add));
        }
        return kept;
    }

    int verified() {
        return verified;
    }

    int dropped() {
        return dropped;
    }

    /** False when some files are missing and it is to be seen why. */
    private boolean settled(Manifest manifest) {
        List<String> missing = store.missingFiles(manifest.version());
        if (missing.isEmpty()) {
            need(manifest);
            return verified(manifest.version());
        }
        boolean gone = missing.containsAll(manifest.own()) && !pointedTo.contains(manifest.version());
        dropped += gone ? 1 : 0;
        return gone;
    }

    private boolean verified(String version) {
        try {
            store.verify(version);
            verified++;
            return true;
        } catch (DroppedVersionException meanwhile) {
            return false;
        } catch (AlteredVersionException e) {
            boolean torn = !store.missingFiles(version).isEmpty();
            if (!torn) {
                findings.wrong(version, e.file() + " is altered: " + e.reason());
            }
            return !torn;
        }
    }

    private void settleTorn(Manifest manifest) {
        String version = manifest.version();
        List<String> missing = store.missingFiles(version);
        if (pointedTo.contains(version)) {
            findings.wrong(version, "lacks " + String.join(", ", missing));
            return;
        }
        dropped++;
        boolean needless = manifest.own().stream()
                .anyMatch(path -> !missing.contains(path) && !needed.contains(manifest.key(path)));
        if (needless) {
            findings.note(
                    version,
                    "keeps only some of its files; nothing points to it: a retention was broken off, and the next goes on,"
                            + " or a version outside the lineage refers to them");
        }
    }

    /** What is in other versions' folders for its sake is no leavings. */
    private void need(Manifest manifest) {
        manifest.files().keySet().forEach(path -> needed.add(manifest.key(path)));
    }

    private Optional<Manifest> readable(String version) {
        try {
            return store.manifest(version);
        } catch (AlteredVersionException e) {
            return Optional.empty();
        }
    }
}
