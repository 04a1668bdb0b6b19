package dev.millrace.chaos.verdict;

import dev.millrace.checkpoints.lineage.Lineage;
import dev.millrace.checkpoints.version.Manifest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Two lineages over the same topic, version by version: names and times differ, nothing else may.
 *
 * @param versions how many were compared, the base included
 * @param files of one version: weights, moments, replay, held-out pairs, seen ids, counters
 * @param differences what differs, by version
 */
public record LineageComparison(int versions, Set<String> files, List<String> differences) {
    public LineageComparison {
        files = Collections.unmodifiableSet(new TreeSet<>(files));
        differences = List.copyOf(differences);
    }

    public static LineageComparison of(Lineage disturbed, Lineage undisturbed) {
        List<Manifest> ours = oldestFirst(disturbed);
        List<Manifest> theirs = oldestFirst(undisturbed);
        List<String> differences = new ArrayList<>();
        if (ours.size() != theirs.size()) {
            differences.add(ours.size() + " versions, undisturbed " + theirs.size());
        }
        int both = Math.min(ours.size(), theirs.size());
        for (int i = 0; i < both; i++) {
            compare(ours.get(i), theirs.get(i), differences);
        }
        return new LineageComparison(both, ours.get(both - 1).files().keySet(), differences);
    }

    private static List<Manifest> oldestFirst(Lineage lineage) {
        List<Manifest> manifests = new ArrayList<>(lineage.manifests());
        Collections.reverse(manifests);
        return manifests;
    }

    private static void compare(Manifest ours, Manifest theirs, List<String> differences) {
        if (!ours.offsets().equals(theirs.offsets())) {
            differences.add(ours.version() + " ends at " + ours.offsets() + ", undisturbed at " + theirs.offsets());
        }
        Set<String> files = new TreeSet<>(ours.files().keySet());
        files.addAll(theirs.files().keySet());
        files.removeIf(file -> ours.files().containsKey(file)
                && ours.files().get(file).equals(theirs.files().get(file)));
        files.forEach(file -> differences.add(ours.version() + " has other bytes in " + file));
    }

    public boolean sameBytes() {
        return differences.isEmpty();
    }
}
