package dev.millrace.trainer.learning.evaluate;

/**
 * How much more a group's hits come and go than pairs that flip each for itself: its texts lie together, so they move
 * together, and some groups are hard. Learned from trusted versions, the newer the more.
 *
 * @param seen squares of net losses in hits, twice, since gains say nothing of what is lost by chance
 * @param expected their mean, had each pair flipped for itself
 */
public record Restlessness(double seen, double expected) {
    /** Nothing is known. */
    public static final Restlessness UNKNOWN = new Restlessness(0, 0);

    private static final double KEPT = 0.99;

    /** So many expected flips of all groups, or of the group, weigh as much as what was believed before. */
    private static final double BELIEF = 4;

    /**
     * With what another version did.
     *
     * @param flips how many of its pairs chance would have flipped, each for itself
     */
    public Restlessness with(Change change, double flips) {
        double net = Math.max(0, change.lost() - change.won());
        return new Restlessness(KEPT * seen + 2 * net * net, KEPT * expected + flips);
    }

    /** Of both together. */
    public Restlessness plus(Restlessness other) {
        return new Restlessness(seen + other.seen, expected + other.expected);
    }

    /**
     * How many times as often as each for itself its pairs flip: what was seen, drawn to what is usual as far as little
     * was seen (empirical Bayes, a gamma prior over rates); never less than once.
     *
     * @param usual of groups in general
     */
    public double factor(double usual) {
        return Math.max(1, (seen + BELIEF * usual) / (expected + BELIEF));
    }
}
