package dev.millrace.attribution.clicks;

import dev.millrace.events.record.Pair;
import java.util.List;

/**
 * What one impression and its clicks came to.
 *
 * @param pairs one for each clicked document, by position
 * @param shortClicks documents whose clicks were all too short
 * @param strayClicks documents clicked that the impression did not show, or not among the results kept of it
 */
public record Attribution(List<Pair> pairs, int shortClicks, int strayClicks) {}
