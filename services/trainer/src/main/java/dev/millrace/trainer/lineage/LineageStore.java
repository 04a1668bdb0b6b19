package dev.millrace.trainer.lineage;

import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.lineage.RetentionRule;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.transfer.UnknownVersionException;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.embedding.train.version.VersionWeights;
import dev.millrace.trainer.learning.Learner;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The chain of versions in the bucket. A version and the offsets it has learned up to are one object, and the head
 * moves from parent to child by compare-and-swap: so a record is in the lineage once or not yet, whoever dies whenever.
 */
public final class LineageStore {
    private final CheckpointStore store;
    private final WorkFolder work;
    private final VersionNames names;
    private final SortedMap<String, String> configuration;
    private final RetentionRule retention;
    private Optional<String> unsummarized = Optional.empty();

    /**
     * Opens the lineage of a bucket.
     *
     * @param configuration written into every manifest
     * @param retention which versions keep their files whatever points to them
     */
    public LineageStore(
            CheckpointStore store,
            WorkFolder work,
            VersionNames names,
            SortedMap<String, String> configuration,
            RetentionRule retention) {
        this.store = store;
        this.work = work;
        this.names = names;
        this.configuration = configuration;
        this.retention = retention;
    }

    /** Where the head is, if there is one. */
    public Optional<Position> position() {
        return store.head().map(head -> new Position(head, manifest(head.version())));
    }

    /** Whether the lineage still ends where this trainer stands. */
    public boolean isHead(Position position) {
        return store.head()
                .filter(head -> head.etag().equals(position.head().etag()))
                .isPresent();
    }

    /** The verified files of a version, training state included. What was downloaded before is gone then. */
    public Path download(Position position) {
        work.empty();
        Path folder = work.version(position.manifest().version());
        store.download(position.manifest().version(), folder, file -> true);
        return folder;
    }

    /** A copy of what was learned so far, in place of the one before; the learner may go on then. */
    public Unpublished snapshot(Learner learner) {
        Path folder = work.version("next");
        return new Unpublished(folder, learner.save(folder));
    }

    /** As {@link #snapshot}, to be gone on from by another learner here, and never published. */
    public Unpublished fork(Learner learner) {
        Path folder = work.version("fork");
        return new Unpublished(folder, learner.fork(folder));
    }

    /**
     * Publishes a snapshot as the child of {@code parent} and moves the head to it.
     *
     * @throws dev.millrace.checkpoints.pointer.StalePointerException when another trainer moved the head first; nothing
     *     of this window is in the lineage then
     */
    public Position publish(Position parent, Unpublished snapshot, Advance advance, Learner.Outcome outcome) {
        Path files = snapshot.written();
        String version = names.child(parent.manifest().version());
        SortedMap<String, Long> offsets = new TreeMap<>(parent.manifest().offsets());
        offsets.putAll(advance.next());
        Manifest manifest = store.publish(
                new Draft(
                        version,
                        Optional.of(parent.manifest().version()),
                        parent.manifest().space(),
                        Optional.of(advance.topic()),
                        offsets,
                        advance.records(),
                        outcome.figures(),
                        Optional.of(outcome.decision()),
                        ComputedAs.stated(configuration, snapshot.weights().route())),
                files);
        work.discard(files);
        return new Position(store.moveHead(Optional.of(parent.head()), version), manifest);
    }

    private Manifest manifest(String version) {
        return store.manifest(version).orElseThrow(() -> new UnknownVersionException(version));
    }

    /**
     * Sums up a new head's ancestors where that is due, and where it was and failed. By whoever publishes, one version at
     * a time.
     */
    public void summarize(String head) {
        unsummarized = Optional.of(head).filter(store::isSummaryDue).or(() -> unsummarized);
        unsummarized.ifPresent(store::summarize);
        unsummarized = Optional.empty();
    }

    /** Drops the files of versions that nothing needs any more. */
    public void retain() {
        store.retain(retention);
    }

    /**
     * Where a trainer stands in the lineage.
     *
     * @param head the pointer it saw, by which it may move the head on
     * @param manifest of the version that the head names
     */
    public record Position(Pointer head, Manifest manifest) {}

    /**
     * A learned version on its way: its folder on local disk with all but the weights, and those still in memory, so
     * that learning need not wait for the disk.
     */
    public record Unpublished(Path folder, VersionWeights weights) {

        /** Writes the weights, too, and frees them; once. */
        public Path written() {
            try (weights) {
                weights.write(folder);
            }
            return folder;
        }
    }
}
