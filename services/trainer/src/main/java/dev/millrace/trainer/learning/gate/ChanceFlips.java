package dev.millrace.trainer.learning.gate;

/**
 * What chance does to hits: each of so many pairs is flipped with one probability, and then lost or won with equal
 * odds (McNemar 1947, Note on the sampling error of the difference between correlated proportions; not given the number
 * of flips but given how many there usually are, which says more where pairs are few).
 *
 * @param pairs how many there are
 * @param flipped probability that a pair's hit comes or goes, 0 .. .5
 */
record ChanceFlips(int pairs, double flipped) {

    /**
     * Probability that at least so many more hits are lost than won; exact.
     *
     * <p>The difference is symmetric, so this is half of what is left outside; and that follows from its characteristic
     * function, {@code (1 - f + f cos t)^n}, at as many points as the difference has values (which are mirrored, so half of them are looked at), the inner sum of cosines
     * being Dirichlet's kernel.
     *
     * @param lost net loss in hits; 1 where it is none
     */
    double losing(int lost) {
        if (lost <= 0) {
            return 1;
        }
        if (lost > pairs) {
            return 0;
        }
        int points = 2 * pairs + 1;
        double inside = 2 * lost - 1;
        for (int j = 1; j <= pairs; j++) {
            double angle = 2 * Math.PI * j / points;
            inside += 2
                    * Math.pow(1 - flipped + flipped * Math.cos(angle), pairs)
                    * Math.sin((lost - 0.5) * angle)
                    / Math.sin(angle / 2);
        }
        return Math.max(0, (1 - inside / points) / 2);
    }

    /** The largest net loss in hits that chance exceeds with at most this probability. */
    int explained(double probability) {
        int least = 0;
        int most = pairs;
        while (least < most) {
            int middle = (least + most) / 2;
            if (losing(middle + 1) <= probability) {
                most = middle;
            } else {
                least = middle + 1;
            }
        }
        return least;
    }
}
