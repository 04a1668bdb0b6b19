package dev.millrace.admin.topic;

import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.transfer.LocalFolder;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.checkpoints.version.VersionName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.LongSupplier;

/**
 * Lets a lineage go on with another topic than it was learned from, from that topic's beginning: a child of the head with the same
 * files and no records, whose offsets are the beginning. What was learned stays, ids that were seen included.
 *
 * @param nonces draws the nonce of the child's name
 */
public record TopicAdoption(CheckpointStore store, LongSupplier nonces) {

    /**
     * What an adoption would do.
     *
     * @param head where the head stands
     * @param from the head's version
     * @param known the topic that the head was learned from; empty where no manifest says it
     * @param topic the topic that is there now
     * @param begins by partition, the first offset that is on it
     */
    public record Plan(
            Pointer head,
            Manifest from,
            Optional<TopicIdentity> known,
            TopicIdentity topic,
            SortedMap<String, Long> begins) {

        /** Copies the map. */
        public Plan {
            begins = Collections.unmodifiableSortedMap(begins);
        }

        /** Whether there is anything to accept: not where the head is of this topic already, or where nothing was read yet. */
        public boolean isNeeded() {
            return !from.offsets().isEmpty()
                    && known.filter(topic::isSameTopicAs).isEmpty();
        }
    }

    /**
     * Looks at the head.
     *
     * @param unrecorded whether to go on where no manifest of the lineage says which topic it was learned from
     * @throws AdoptionRefusedException when there is no head, or it does not say its topic and {@code unrecorded} is false
     */
    public Plan plan(TopicIdentity topic, SortedMap<String, Long> begins, boolean unrecorded) {
        Pointer head = store.head().orElseThrow(() -> new AdoptionRefusedException("the bucket has no head"));
        Optional<TopicIdentity> known =
                store.ancestors().sum(head.version()).totals().topic();
        Manifest from = store.manifest(head.version())
                .orElseThrow(() -> new AdoptionRefusedException(head.version() + " has no manifest"));
        Plan plan = new Plan(head, from, known, topic, begins);
        if (plan.isNeeded() && known.isEmpty() && !unrecorded) {
            throw new AdoptionRefusedException(
                    head.version() + " is of an older Millrace and does not say which topic it"
                            + " was learned from; if it was another one than this, add --unrecorded");
        }
        return plan;
    }

    /**
     * Publishes the child and moves the head to it.
     *
     * @throws dev.millrace.checkpoints.pointer.StalePointerException when another moved the head meanwhile; nothing is changed then
     */
    public Manifest run(Plan plan) {
        Path folder = temporary();
        try {
            Path files = folder.resolve("files");
            store.download(plan.from().version(), files, path -> true);
            Manifest child = store.publish(child(plan), files);
            store.moveHead(Optional.of(plan.head()), child.version());
            return child;
        } finally {
            new LocalFolder(folder).delete();
        }
    }

    private Draft child(Plan plan) {
        Manifest from = plan.from();
        VersionName name = VersionName.parse(from.version())
                .orElseThrow(() -> new AdoptionRefusedException(from.version() + " has no number to follow"));
        return new Draft(
                name.next("%08x".formatted(nonces.getAsLong() & 0xffffffffL)).toString(),
                Optional.of(from.version()),
                from.space(),
                Optional.of(plan.topic()),
                plan.begins(),
                Records.NONE,
                from.evaluation(),
                from.decision(),
                from.configuration());
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("millrace-adopt-topic-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a temporary folder", e);
        }
    }
}
