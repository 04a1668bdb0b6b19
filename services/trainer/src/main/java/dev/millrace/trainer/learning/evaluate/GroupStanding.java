package dev.millrace.trainer.learning.evaluate;

import java.util.OptionalDouble;

/**
 * What the gate remembers of a group of held-out pairs.
 *
 * @param deficit what it has lost since its best; of flips, those that chance would have done
 * @param restlessness how much its hits come and go
 * @param refusedUntil where it lost more than chance explains: it is trusted again once it has lost no more than this
 */
public record GroupStanding(Deficit deficit, Restlessness restlessness, OptionalDouble refusedUntil) {
    /** Of a group that was never looked at. */
    public static final GroupStanding NEW =
            new GroupStanding(Deficit.NONE, Restlessness.UNKNOWN, OptionalDouble.empty());

    /** The same group with another deficit, and nothing else held against it. */
    public GroupStanding with(Deficit other) {
        return new GroupStanding(other, restlessness, OptionalDouble.empty());
    }
}
