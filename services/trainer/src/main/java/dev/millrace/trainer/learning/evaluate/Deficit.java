package dev.millrace.trainer.learning.evaluate;

/**
 * How far hit@1 on a slice lies below its best, and how much of that chance could explain.
 *
 * @param lost hit@1 lost since the best, less what was won back; 0 at a new best
 * @param flipped share of the slice's pairs whose hit came or went since then, added up over versions; what flips twice
 *     counts twice
 */
public record Deficit(double lost, double flipped) {
    public static final Deficit NONE = new Deficit(0, 0);

    /**
     * Pairs flip back sooner or later, so what chance can do does not grow for ever: as if no more than a quarter had
     * flipped.
     */
    private static final double MOST_FLIPPED = 0.25;

    /** With what the next version changed on the same pairs. */
    public Deficit with(Change change) {
        return with(change.loss(), change.flipped());
    }

    /**
     * With the next version's loss.
     *
     * @param loss hit@1 before less hit@1 after
     * @param chance share of pairs that flipped, or that chance would have flipped
     */
    public Deficit with(double loss, double chance) {
        double sum = Math.min(1, lost + loss);
        return sum <= 0 ? NONE : new Deficit(sum, flipped + chance);
    }

    /** Share of pairs that lie on the other side than at the best by chance. */
    public double away() {
        return Math.min(flipped, MOST_FLIPPED);
    }

    /**
     * Standard error of the loss when each flip goes either way by chance (McNemar 1947, Note on the sampling error of
     * the difference between correlated proportions).
     *
     * @param pairs in the slice
     */
    public double standardError(int pairs) {
        return Math.sqrt(away() / pairs);
    }
}
