package dev.millrace.trainer.learning.window;

import dev.millrace.checkpoints.version.Decision;
import java.util.SortedMap;

/**
 * What learning a window came to.
 *
 * @param trained pairs learned
 * @param heldOut pairs kept for measuring
 * @param duplicates pairs whose id was seen before
 * @param figures measurements by name: held-out figures before and after, mean loss
 * @param decision whether what was learned may be promoted, and why
 */
public record WindowOutcome(
        long trained, long heldOut, long duplicates, SortedMap<String, Double> figures, Decision decision) {}
