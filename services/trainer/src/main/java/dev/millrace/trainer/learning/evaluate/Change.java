package dev.millrace.trainer.learning.evaluate;

/**
 * What a version changed on held-out pairs that were asked before and after.
 *
 * @param pairs how many were asked
 * @param found hits after
 * @param lost hits before that are none after
 * @param won hits after that were none before
 */
public record Change(int pairs, int found, int lost, int won) {
    /** hit@1 before less hit@1 after; 0 without pairs. */
    public double loss() {
        return share(lost - won);
    }

    /** Share of pairs that are a hit on one side only; 0 without pairs. */
    public double flipped() {
        return share(lost + won);
    }

    /** On the pairs that are not in {@code part}. */
    public Change without(Change part) {
        return new Change(pairs - part.pairs, found - part.found, lost - part.lost, won - part.won);
    }

    private double share(int of) {
        return pairs == 0 ? 0 : (double) of / pairs;
    }
}
