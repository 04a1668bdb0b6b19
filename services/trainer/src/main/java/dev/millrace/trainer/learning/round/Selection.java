package dev.millrace.trainer.learning.round;

import dev.millrace.checkpoints.version.Records;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which shares a version takes in, of those that came, so that every record is learned once or not yet. A share fits if each of its
 * ranges begins where the version before ended, whatever version it began with: so one that came too late for its own round is in a
 * later one if nobody learned its records in the meantime. Does not depend on the order in which they came, nor on how often.
 *
 * @param merged those that fit together, by their trainers' names
 * @param left for a later version: what lies before a range of theirs is in none yet
 * @param refused for ever: their records are in a version already, or in another share of this one; whoever reads the rest of them
 *     begins where the versions end
 * @param offsets the next of every partition, with what is merged
 */
public record Selection(List<Share> merged, List<Share> left, List<Refused> refused, SortedMap<String, Long> offsets) {
    private static final Comparator<Share> BY_NAME = Comparator.comparing(Share::trainer)
            .thenComparing(Share::base)
            .thenComparing(share -> share.ranges().toString())
            .thenComparing(share -> share.work().toString());

    /** Of two that cannot both be merged the one with more samples is. */
    private static final Comparator<Share> BY_CLAIM =
            Comparator.<Share>comparingLong(share -> -share.work().samples()).thenComparing(BY_NAME);

    /** What cannot be merged, and why. */
    public record Refused(Share share, String reason) {}

    /**
     * Chooses.
     *
     * @param offsets the next of every partition after the version that the merged one follows; a partition that is not named begins
     *     at 0, so whoever knows that its log begins later says so here
     * @param come shares of any trainers, of this round or of earlier ones
     */
    public static Selection of(SortedMap<String, Long> offsets, Collection<Share> come) {
        Selection selection =
                new Selection(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new TreeMap<>(offsets));
        come.stream().distinct().sorted(BY_CLAIM).forEach(share -> selection.add(share, offsets));
        selection.merged.sort(BY_NAME);
        return new Selection(
                List.copyOf(selection.merged),
                List.copyOf(selection.left),
                List.copyOf(selection.refused),
                Collections.unmodifiableSortedMap(selection.offsets));
    }

    private void add(Share share, SortedMap<String, Long> before) {
        Optional<String> twice = share.ranges().stream()
                .flatMap(range -> twice(range, before).stream())
                .findFirst();
        if (twice.isPresent()) {
            refused.add(new Refused(share, twice.get()));
        } else if (share.ranges().stream().anyMatch(range -> range.from() > next(before, range))) {
            left.add(share);
        } else {
            merged.add(share);
            share.ranges().forEach(range -> offsets.put(range.partition(), range.to()));
        }
    }

    /** Why a range cannot be taken in any more, if so. */
    private Optional<String> twice(OffsetRange range, SortedMap<String, Long> before) {
        if (range.from() < next(before, range)) {
            return Optional.of("%s from %d on is learned up to %d already"
                    .formatted(range.partition(), range.from(), next(before, range)));
        }
        boolean taken = range.from() == next(before, range) && next(offsets, range) > range.from();
        return taken
                ? Optional.of("%s from %d on is in another share".formatted(range.partition(), range.from()))
                : Optional.empty();
    }

    private static long next(SortedMap<String, Long> offsets, OffsetRange range) {
        return offsets.getOrDefault(range.partition(), 0L);
    }

    /** What became of all records that are merged. */
    public Records records() {
        return merged.stream().map(share -> share.work().records()).reduce(Records.NONE, Records::plus);
    }
}
