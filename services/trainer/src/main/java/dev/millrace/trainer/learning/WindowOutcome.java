package dev.millrace.trainer.learning;

import java.util.SortedMap;

/**
 * What learning a window came to.
 *
 * @param trained pairs learned
 * @param heldOut pairs kept for measuring
 * @param duplicates pairs whose id was seen before
 * @param figures measurements by name: held-out figures before and after, mean loss
 * @param trusted whether the held-out figure did not fall
 */
public record WindowOutcome(
        long trained, long heldOut, long duplicates, SortedMap<String, Double> figures, boolean trusted) {}
