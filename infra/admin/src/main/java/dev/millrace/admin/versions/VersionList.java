package dev.millrace.admin.versions;

import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.transfer.UnknownVersionException;
import dev.millrace.checkpoints.version.AlteredVersionException;
import dev.millrace.checkpoints.version.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Versions of a bucket, with what stands connection. */
final class VersionList {
    private final CheckpointStore store;
    private final Map<String, List<VersionRow.PointerHere>> pointers = new HashMap<>();

    /**
     * What a walk from the head met.
     *
     * @param rows newest first
     * @param next the one after the last row; empty at the base, and where the lineage is broken
     * @param broken where the lineage cannot be followed any further, and why; empty at the base or the limit
     */
    record Walk(List<VersionRow> rows, Optional<String> next, Optional<String> broken) {
        static Walk broken(List<VersionRow> rows, String line) {
            return new Walk(rows, Optional.empty(), Optional.of(line));
        }
    }

    VersionList(CheckpointStore store) {
        this.store = store;
        store.head().ifPresent(head -> point("head", head));
        store.channels().forEach(name -> store.channel(name).ifPresent(pointer -> point(name, pointer)));
    }

    private void point(String name, Pointer pointer) {
        pointers.computeIfAbsent(pointer.version(), version -> new ArrayList<>())
                .add(new VersionRow.PointerHere(name, pointer.hold()));
    }

    VersionRow row(String version) {
        return row(manifest(version), Optional.empty());
    }

    /** With what it keeps of what was learned. */
    VersionRow whole(String version) {
        Manifest manifest = manifest(version);
        return row(manifest, VersionLedger.of(store, manifest, store.missingFiles(version)));
    }

    private Manifest manifest(String version) {
        return store.manifest(version).orElseThrow(() -> new UnknownVersionException(version));
    }

    private VersionRow row(Manifest manifest, Optional<VersionLedger> ledger) {
        return new VersionRow(
                manifest,
                store.missingFiles(manifest.version()),
                pointers.getOrDefault(manifest.version(), List.of()),
                ledger);
    }

    /** From the head towards the base, at most so many. */
    Walk lineage(int limit) {
        return walk(store.head().map(Pointer::version), limit);
    }

    /** From a version towards the base, at most so many. */
    Walk lineage(String from, int limit) {
        return walk(Optional.of(manifest(from).version()), limit);
    }

    private Walk walk(Optional<String> from, int limit) {
        List<VersionRow> rows = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Optional<String> next = from;
        while (next.isPresent() && rows.size() < limit) {
            String version = next.get();
            if (!names.add(version)) {
                return Walk.broken(rows, "the lineage goes in a circle at " + version);
            }
            try {
                VersionRow row = row(version);
                rows.add(row);
                next = row.manifest().parent();
            } catch (UnknownVersionException | AlteredVersionException e) {
                return Walk.broken(rows, "the lineage cannot be followed further: " + e.getMessage());
            }
        }
        return new Walk(rows, next, Optional.empty());
    }
}
