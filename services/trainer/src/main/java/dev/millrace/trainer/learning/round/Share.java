package dev.millrace.trainer.learning.round;

import java.util.Comparator;
import java.util.List;

/**
 * What a trainer says that it learned in a round; all that it takes to decide whether it is merged.
 *
 * @param trainer its name, another for each
 * @param base version that it began with
 * @param ranges what it read, one range of a partition, in the order of the partitions' names
 * @param work what it did
 */
public record Share(String trainer, String base, List<OffsetRange> ranges, Work work) {
    /** Orders the ranges; refuses two of one partition, none at all, and more records than fit in them. */
    public Share {
        ranges = ranges.stream()
                .sorted(Comparator.comparing(OffsetRange::partition))
                .toList();
        if (trainer.isBlank() || base.isBlank()) {
            throw new IllegalArgumentException("a share names its trainer and its base");
        }
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException(trainer + " read nothing");
        }
        if (ranges.stream().map(OffsetRange::partition).distinct().count() < ranges.size()) {
            throw new IllegalArgumentException(trainer + " read a partition in two ranges: " + ranges);
        }
        long read = ranges.stream().mapToLong(OffsetRange::length).sum();
        if (work.records().total() > read) {
            throw new IllegalArgumentException(
                    trainer + " counts " + work.records().total() + " records in " + read + " offsets");
        }
    }
}
