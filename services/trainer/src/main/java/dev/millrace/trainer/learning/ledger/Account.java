package dev.millrace.trainer.learning.ledger;

import dev.millrace.trainer.learning.evaluate.Change;

/**
 * What became of a group of held-out pairs. Added up from what each version changed on pairs that it was asked about
 * before and after, so that pairs that come and go change nothing.
 *
 * @param pairs how many were asked last
 * @param hits how many of them were found
 * @param lost hit@1 lost since the best, less what was won back; what is lost was forgotten (Chaudhry 2018)
 * @param since hit@1 won, or where it is negative lost, since pairs of the group were last learned: what learning other
 *     things did to it (backward transfer, Lopez-Paz and Ranzato 2017)
 * @param learned window, counted from the lineage's beginning, in which pairs of it were last learned; 0: never
 */
public record Account(int pairs, int hits, double lost, double since, long learned) {
    /** Of a group that was never asked about. */
    public static final Account NONE = new Account(0, 0, 0, 0, 0);

    /** With what another version changed. */
    public Account with(Change change) {
        return new Account(
                change.pairs(), change.found(), Math.max(0, lost + change.loss()), since - change.loss(), learned);
    }

    /** Pairs of it were learned in that window. */
    public Account learnedIn(long window) {
        return new Account(pairs, hits, lost, 0, window);
    }

    /** hit@1 at present, 0 .. 1; 0 without pairs. */
    public double now() {
        return (double) hits / Math.max(1, pairs);
    }

    /** hit@1 at its best, on the pairs of the present. */
    public double best() {
        return Math.min(1, now() + lost);
    }

    /** hit@1 when pairs of it were last learned, on the pairs of the present. */
    public double whenLearned() {
        return Math.max(0, Math.min(1, now() - since));
    }
}
