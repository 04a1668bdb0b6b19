package dev.millrace.trainer.learning.round;

/**
 * Records of a partition that were read one after the other.
 *
 * @param partition its name, such as {@code pairs-0}
 * @param from offset of the first, 0 and above
 * @param to offset after the last, above {@code from}
 */
public record OffsetRange(String partition, long from, long to) {
    /** Checks the ranges. */
    public OffsetRange {
        if (partition.isBlank()) {
            throw new IllegalArgumentException("a partition has no name");
        }
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException(
                    partition + ": from " + from + " to " + to + " must be at least one record, from 0 on");
        }
    }

    long length() {
        return to - from;
    }
}
