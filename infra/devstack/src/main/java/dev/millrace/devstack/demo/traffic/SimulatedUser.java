package dev.millrace.devstack.demo.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * A searcher of the position-based model (Craswell et al., "An experimental comparison of click position-bias models", WSDM
 * 2008): looks at place k with probability 1/k, clicks what answers the query if it is looked at, and clicks something else
 * that is looked at with a small probability.
 */
public final class SimulatedUser {
    static final double NOISE = 0.02;

    private final Random random;

    public SimulatedUser(long seed) {
        this.random = new Random(seed);
    }

    /** Probability that the place, counted from 1, is looked at at all. */
    static double examination(int position) {
        return 1.0 / position;
    }

    /** The places clicked, counted from 1, of a list shown. */
    <T> List<Integer> clicks(List<T> shown, Predicate<T> answers) {
        List<Integer> clicks = new ArrayList<>();
        for (int position = 1; position <= shown.size(); position++) {
            boolean looks = random.nextDouble() < examination(position);
            boolean slips = random.nextDouble() < NOISE;
            if (looks && (answers.test(shown.get(position - 1)) || slips)) {
                clicks.add(position);
            }
        }
        return clicks;
    }

    public static String statement() {
        return "clicks are simulated: a user looks at place k with probability 1/k, clicks a right document when it is"
                + " looked at, and any other looked at with probability " + NOISE;
    }
}
