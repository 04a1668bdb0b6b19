package dev.millrace.operator.progress;

import java.time.Duration;

/**
 * What the stream has and the lineage has not.
 *
 * @param records how many
 * @param behind how old the oldest of them is; 0 where there are none
 * @param partitions in how many partitions they are: more trainers than that have nothing to do
 */
public record Backlog(long records, Duration behind, int partitions) {
    public static final Backlog NONE = new Backlog(0, Duration.ZERO, 0);

    /** Of two trainers, who never share a partition. */
    public Backlog and(Backlog other) {
        return new Backlog(
                records + other.records,
                behind.compareTo(other.behind) < 0 ? other.behind : behind,
                partitions + other.partitions);
    }
}
