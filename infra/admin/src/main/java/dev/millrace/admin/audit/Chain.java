package dev.millrace.admin.audit;

import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.lineage.TopicHistory;
import dev.millrace.checkpoints.version.AlteredVersionException;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.checkpoints.version.VersionName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The manifests from head to base, as far as they can be walked.
 *
 * @param oldestFirst the manifests; never one twice
 * @param topics which topic each was learned from
 * @param complete whether the walk reached a base
 */
record Chain(List<Manifest> oldestFirst, TopicHistory topics, boolean complete) {

    Chain(List<Manifest> oldestFirst, boolean complete) {
        this(oldestFirst, TopicHistory.of(oldestFirst), complete);
    }

    /** Walks on until the base or the first manifest that is missing, malformed, or walked over already. */
    static Chain walk(CheckpointStore store, String head, Findings findings) {
        Deque<Manifest> walked = new ArrayDeque<>();
        Set<String> names = new HashSet<>();
        Optional<String> next = Optional.of(head);
        while (next.isPresent()) {
            Optional<Manifest> manifest = read(store, next.get(), walked, names, findings);
            if (manifest.isEmpty()) {
                return new Chain(List.copyOf(walked), false);
            }
            walked.addFirst(manifest.get());
            next = manifest.get().parent();
        }
        return new Chain(List.copyOf(walked), true);
    }

    private static Optional<Manifest> read(
            CheckpointStore store, String name, Deque<Manifest> walked, Set<String> names, Findings findings) {
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

    /** Finds offsets that go back, partitions that disappear, and names out of order. */
    void check(Findings findings) {
        for (int i = 1; i < oldestFirst.size(); i++) {
            Manifest parent = oldestFirst.get(i - 1);
            Manifest child = oldestFirst.get(i);
            checkTopic(i, findings);
            if (isOfOneTopic(i)) {
                checkOffsets(parent, child, findings);
            }
            checkNames(parent.version(), child.version(), findings);
        }
    }

    /** Whether the version at this index and its parent were learned from one topic, so that their offsets can be compared. */
    boolean isOfOneTopic(int index) {
        Optional<TopicIdentity> before = topics.topic(index - 1);
        Optional<TopicIdentity> after = topics.topic(index);
        return before.isEmpty() || after.isEmpty() || before.get().isSameTopicAs(after.get());
    }

    /** Another topic is accepted by a version that learned nothing; so nobody accepted that of one that did. */
    private void checkTopic(int index, Findings findings) {
        Manifest manifest = oldestFirst.get(index);
        if (!isOfOneTopic(index) && manifest.records().total() > 0) {
            findings.wrong(
                    manifest.version(),
                    "was learned from topic id "
                            + manifest.topic().map(TopicIdentity::id).orElse("")
                            + ", its parent from another, and nobody accepted that");
        }
    }

    private static void checkOffsets(Manifest parent, Manifest child, Findings findings) {
        parent.offsets().forEach((partition, before) -> {
            Optional<Long> after = Optional.ofNullable(child.offsets().get(partition));
            if (after.isEmpty()) {
                findings.wrong(
                        child.version(),
                        "forgets " + partition + ", where " + parent.version() + " stands at " + before);
            } else if (after.get() < before) {
                findings.wrong(
                        child.version(),
                        "goes back in " + partition + " from " + before + " to " + after.get() + ", behind its parent "
                                + parent.version());
            }
        });
    }

    private static void checkNames(String parent, String child, Findings findings) {
        Optional<VersionName> older = VersionName.parse(parent);
        Optional<VersionName> newer = VersionName.parse(child);
        boolean follows = older.isEmpty()
                || newer.isEmpty()
                || newer.get().sequence() == older.get().sequence() + 1;
        if (!follows) {
            findings.wrong(child, "its number does not follow that of its parent " + parent);
        }
    }
}
