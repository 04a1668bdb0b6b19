package dev.millrace.trainer.learning.state;

import dev.millrace.events.record.Pair;
import java.util.List;
import java.util.SplittableRandom;

/** What was learned and may be learned again: a bounded choice of all pairs offered so far. */
public interface Replay {
    void offer(Pair pair);

    /** {@code count} different pairs, or all where there are fewer, in random order; each with the same chance. */
    List<Pair> draw(int count, SplittableRandom random);

    List<Pair> pairs();

    /** How many pairs were offered, kept or not. */
    long offered();

    /** The how-manieth of the offered each of {@link #pairs} was; empty where that is not remembered. */
    List<Long> places();
}
