package dev.millrace.trainer.learning.gate;

import dev.millrace.trainer.learning.evaluate.Change;
import dev.millrace.trainer.learning.evaluate.Deficit;
import dev.millrace.trainer.learning.evaluate.GroupStanding;

/**
 * A group of held-out pairs beside what chance does to it.
 *
 * @param change what the version changed
 * @param before what is remembered of it
 * @param single share of its pairs that chance flips in this version, each for itself
 * @param flipped the same as they really move: those of a group move together
 */
record GroupLook(Change change, GroupStanding before, double single, double flipped) {
    /** Of fewer pairs a loss says how they lie to each other; they count where groups are looked at together. */
    private static final int FEWEST = 5;

    /** A pair can be lost only as often as it is won. */
    private static final double MOST_FLIPPED = 0.5;

    /** Of what chance may do, so much is for what was lost since the best, which is looked at again and again. */
    private static final double SINCE_BEST = 0.1;

    /** So much sums of shares may be off. */
    private static final double ROUNDING = 1e-9;

    /**
     * Looks at a group.
     *
     * @param others what the version changed on all other pairs
     * @param usual how restless groups are in general
     */
    static GroupLook at(Change change, GroupStanding before, Change others, double usual) {
        double single = single(others);
        double flipped = Math.min(MOST_FLIPPED, single * before.restlessness().factor(usual));
        return new GroupLook(change, before, single, flipped);
    }

    /**
     * As many are won by chance as are lost, and what goes one way only is no chance. So the fewer count, with their own
     * standard deviation, since they were the fewer by chance, too, and one more, since what was not seen may happen.
     */
    private static double single(Change others) {
        int both = Math.min(others.lost(), others.won());
        return Math.min(MOST_FLIPPED, 2 * (both + Math.sqrt(both) + 1) / (others.pairs() + 2));
    }

    /** What was lost since the best, with this version. */
    Deficit deficit() {
        return before.deficit().with(change.loss(), flipped);
    }

    /** Whether it is to be decided: it is not refused already, and has pairs enough. */
    boolean open() {
        return before.refusedUntil().isEmpty() && change.pairs() >= FEWEST;
    }

    /** Probability that chance alone loses so much beyond what is tolerated, in this version or since the best. */
    double chance(double tolerance) {
        double now = now().losing(hits(change.loss() - tolerance));
        double since = sinceBest().losing(hits(deficit().lost() - tolerance));
        return Math.min(1, Math.min(now / (1 - SINCE_BEST), since / SINCE_BEST));
    }

    /** The most that may be lost since the best, by the probability of {@link #chance}. */
    double atMost(double tolerance, double level) {
        if (change.pairs() < FEWEST) {
            return 1;
        }
        double now = before.deficit().lost() + share(now().explained(level * (1 - SINCE_BEST)));
        double since = share(sinceBest().explained(level * SINCE_BEST));
        return tolerance + ROUNDING + Math.min(now, since);
    }

    private ChanceFlips now() {
        return new ChanceFlips(change.pairs(), flipped);
    }

    private ChanceFlips sinceBest() {
        return new ChanceFlips(change.pairs(), deficit().away());
    }

    private int hits(double share) {
        return (int) Math.ceil(share * change.pairs() - ROUNDING);
    }

    private double share(int hits) {
        return (double) hits / change.pairs();
    }
}
