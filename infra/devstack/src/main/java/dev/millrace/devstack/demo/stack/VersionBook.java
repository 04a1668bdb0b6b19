package dev.millrace.devstack.demo.stack;

import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.VersionName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the manifests in the bucket say; they never change, so each is read once. */
public final class VersionBook {
    private final CheckpointStore store;
    private final Map<String, Manifest> read = new ConcurrentHashMap<>();

    public VersionBook(CheckpointStore store) {
        this.store = store;
    }

    public Optional<Manifest> head() {
        return store.head().map(Pointer::version).flatMap(this::manifest);
    }

    Optional<Manifest> manifest(String version) {
        Optional<Manifest> known = Optional.ofNullable(read.get(version));
        Optional<Manifest> found = known.isPresent() ? known : store.manifest(version);
        found.ifPresent(manifest -> read.putIfAbsent(version, manifest));
        return found;
    }

    public Map<String, Long> offsets(String version) {
        return manifest(version).<Map<String, Long>>map(Manifest::offsets).orElse(Map.of());
    }

    /** Pairs the version and its ancestors were trained on. */
    public long trained(String version) {
        return store.ancestors().sum(version).totals().records().trained();
    }

    /** Windows between the base and the lineage's tip. */
    public long windows() {
        return head().flatMap(tip -> VersionName.parse(tip.version()))
                .map(VersionName::sequence)
                .orElse(0L);
    }
}
