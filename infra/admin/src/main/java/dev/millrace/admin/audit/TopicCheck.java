package dev.millrace.admin.audit;

import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Repeats, over the topic itself, the sorting that the trainers claim to have done: for each version, the records between its
 * parent's offsets and its own are read again and counted beside the manifest's counts.
 */
final class TopicCheck {
    private final AuditedTopic topic;
    private final Repeats repeats;
    private final Findings findings;
    private long accepted;
    private long waiting;
    private long notCompared;
    private long lost;
    private long twice;

    /** The topic is open already. */
    TopicCheck(AuditedTopic topic, Repeats repeats, Findings findings) {
        this.topic = topic;
        this.repeats = repeats;
        this.findings = findings;
    }

    TopicTotals run(Chain chain) {
        List<Manifest> manifests = chain.oldestFirst();
        SortedMap<String, Long> parent = new TreeMap<>();
        for (int i = 0; i < manifests.size(); i++) {
            Manifest manifest = manifests.get(i);
            if (i == 0 && !(chain.complete() && manifest.offsets().isEmpty())) {
                passOver(manifest);
            } else {
                version(manifest, parent);
            }
            parent = manifest.offsets();
        }
        topic.read(topic.ends(), record -> {
            accepted++;
            waiting++;
        });
        return new TopicTotals(accepted, waiting, notCompared, lost, twice);
    }

    /** The first version of a lineage with a gap, or one that was begun behind records: what came before it is not known. */
    private void passOver(Manifest manifest) {
        notCompared += manifest.records().total();
        read(manifest);
        repeats.forgetsThePast();
    }

    private void version(Manifest manifest, SortedMap<String, Long> parent) {
        List<String> obstacles = obstacles(manifest, parent);
        Window window = read(manifest);
        if (obstacles.isEmpty()) {
            compare(manifest, window);
            return;
        }
        notCompared += manifest.records().total();
        repeats.forgetsThePast();
        findings.note(manifest.version(), "cannot be compared with the topic: " + String.join(", ", obstacles));
    }

    private Window read(Manifest manifest) {
        Window window = new Window();
        topic.read(manifest.offsets(), record -> {
            accepted++;
            window.add(record.id());
        });
        return window;
    }

    /** Why the version's records are not all there to be counted; those that are wrong in themselves become findings. */
    private List<String> obstacles(Manifest manifest, SortedMap<String, Long> parent) {
        List<String> obstacles = new ArrayList<>();
        for (Map.Entry<String, Long> entry : manifest.offsets().entrySet()) {
            String partition = entry.getKey();
            long from = parent.getOrDefault(partition, 0L);
            long to = entry.getValue();
            if (to < from) {
                obstacles.add(partition + " goes back");
            } else if (to > from && !topic.ends().containsKey(partition)) {
                obstacles.add("there is no partition " + partition);
                findings.wrong(
                        manifest.version(), "stands at " + to + " in " + partition + ", which the topic has not");
            } else if (to > from && to > topic.ends().get(partition)) {
                obstacles.add(partition + " is shorter");
                findings.wrong(
                        manifest.version(),
                        "stands at " + to + " in " + partition + ", which ends at "
                                + topic.ends().get(partition));
            } else if (to > from && from < topic.begins().get(partition)) {
                obstacles.add("the topic no longer has " + partition + " from " + from + " to "
                        + Math.min(to, topic.begins().get(partition)));
            }
        }
        return obstacles;
    }

    private void compare(Manifest manifest, Window window) {
        Records claimed = manifest.records();
        if (!window.ids().isEmpty() && claimed.equals(new Records(0, 0, 0, window.total()))) {
            // A window that diverged: none of its ids is remembered.
            findings.note(manifest.version(), "its window of " + window.total() + " records is set aside as a whole");
            return;
        }
        Repeats.Range range = repeats.take(window.ids());
        sayWhatDiffers(manifest.version(), claimed, window, range);
        long applied = claimed.trained() + claimed.heldOut();
        lost += Math.max(0, window.ids().size() - range.most() - applied);
        lost += Math.max(0, window.invalid() - claimed.setAside());
        twice += Math.max(0, applied - (window.ids().size() - range.least()));
    }

    private void sayWhatDiffers(String version, Records claimed, Window window, Repeats.Range range) {
        if (claimed.total() != window.total()) {
            findings.wrong(
                    version,
                    "counts " + claimed.total() + " records, but the topic has " + window.total()
                            + " between its parent's offsets and its own");
        }
        if (claimed.setAside() != window.invalid()) {
            findings.wrong(
                    version,
                    "set " + claimed.setAside() + " aside, but " + window.invalid()
                            + " of its records are no valid pairs");
        }
        if (claimed.duplicates() < range.least() || claimed.duplicates() > range.most()) {
            findings.wrong(
                    version,
                    "counts " + claimed.duplicates() + " repeats, but " + range
                            + " of its records repeat an earlier id");
        }
    }
}
