package dev.millrace.bench.scale.simulation;

import dev.millrace.trainer.learning.round.OffsetRange;
import dev.millrace.trainer.learning.round.Selection;
import dev.millrace.trainer.learning.round.Share;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The bucket as trainers see it: the head with its offsets, and the shares that wait to be merged. */
final class SimulatedLineage {
    private final SortedMap<String, Long> offsets = new TreeMap<>();
    private final Set<Share> shares = new LinkedHashSet<>();
    private final List<Published> published = new ArrayList<>();
    private Optional<Selection> choice = Optional.empty();
    private Optional<Integer> merging = Optional.empty();

    /**
     * A version.
     *
     * @param at when the head moved to it
     * @param ranges what it learned
     */
    record Published(double at, List<OffsetRange> ranges) {
        long pairs() {
            return ranges.stream().mapToLong(range -> range.to() - range.from()).sum();
        }
    }

    /** Number of the head. */
    int head() {
        return published.size();
    }

    long next(String partition) {
        return offsets.getOrDefault(partition, 0L);
    }

    /** Of a trainer, in place of what it had brought before. */
    void bring(Share share) {
        shares.removeIf(earlier -> earlier.trainer().equals(share.trainer()));
        shares.add(share);
        choice = Optional.empty();
    }

    boolean has(Share share) {
        return shares.contains(share);
    }

    /** What fits after the head, by the trainer's own rule. */
    Selection choice() {
        if (choice.isEmpty()) {
            choice = Optional.of(Selection.of(offsets, shares));
        }
        return choice.orElseThrow();
    }

    /** Moves the head, if it is still where it was; takes away what is of no more use then. */
    boolean publish(int parent, double now, Selection selection) {
        if (parent != head()) {
            return false;
        }
        offsets.putAll(selection.offsets());
        published.add(new Published(
                now,
                selection.merged().stream()
                        .flatMap(share -> share.ranges().stream())
                        .toList()));
        selection.merged().forEach(shares::remove);
        selection.refused().forEach(refused -> shares.remove(refused.share()));
        choice = Optional.empty();
        merging = Optional.empty();
        return true;
    }

    /** Whether nobody, or this trainer, has said that it merges. */
    boolean mayMerge(int trainer) {
        return merging.filter(other -> other != trainer).isEmpty();
    }

    void merges(int trainer) {
        merging = Optional.of(trainer);
    }

    void mergesNoMore(int trainer) {
        merging = merging.filter(other -> other != trainer);
    }

    List<Published> published() {
        return Collections.unmodifiableList(published);
    }
}
