package dev.millrace.encoder.serving;

import java.util.Map;

/**
 * A version's track record in figures.
 *
 * @param requests how many the others are of, at most {@link TrackRecord#REQUESTS}
 * @param failures requests that the model failed
 * @param faults events that made them fail: one batch that failed is one, however many requests were in it
 * @param pace of passes by size; a size holds passes of up to twice as many tokens as the smallest in it
 */
public record Figures(int requests, int failures, int faults, Map<Integer, Pace> pace) {
    /** Copies the map. */
    public Figures {
        pace = Map.copyOf(pace);
    }

    /** Share of requests that failed, 0..1. */
    public double errorRate() {
        return requests == 0 ? 0 : (double) failures / requests;
    }

    /**
     * Passes of one size.
     *
     * @param passes how many
     * @param fastQuarter nanoseconds a token that a quarter of them stay below. Others on the machine make some passes slow, a
     *     slow version makes all of them slow
     */
    public record Pace(int passes, double fastQuarter) {}
}
