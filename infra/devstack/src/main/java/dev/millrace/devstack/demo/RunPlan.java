package dev.millrace.devstack.demo;

import dev.millrace.devstack.demo.data.Dataset;
import java.time.Duration;

/**
 * How a run goes.
 *
 * @param windowPairs records the trainer takes at once
 * @param queries most held-out queries asked of every version
 * @param limit when it ends
 * @param seed of every random choice
 * @param goal what it must reach
 */
record RunPlan(int windowPairs, int queries, Limit limit, long seed, Goal goal) {
    /**
     * When a run ends, counted from its beginning.
     *
     * @param usual by when
     * @param patience how much later on a machine so slow that the goal is not reached by then
     */
    record Limit(Duration usual, Duration patience) {
        Duration end(boolean reached) {
            return reached ? usual : usual.plus(patience);
        }
    }

    /** Time between two requests of the traffic that goes on all the while. */
    static final Duration STEADY = Duration.ofMillis(200);

    /** What is posted later than this before the end could not be learned, served and measured any more. */
    static final Duration LAST_POST = Duration.ofSeconds(40);

    /** What the last measurement and the stop of the stack take. */
    static final Duration LAST_MEASURE = Duration.ofSeconds(15);

    private static final int WINDOWS = 12;
    private static final int SMALLEST_WINDOW = 64;
    private static final int LARGEST_WINDOW = 512;
    private static final int MOST_QUERIES = 2000;

    /** Windows so small that the stream gives a dozen of them. */
    static RunPlan of(Dataset data, Goal goal, Limit limit, long seed) {
        int window = Math.max(SMALLEST_WINDOW, Math.min(LARGEST_WINDOW, data.size() / WINDOWS));
        return new RunPlan(window, MOST_QUERIES, limit, seed, goal);
    }
}
