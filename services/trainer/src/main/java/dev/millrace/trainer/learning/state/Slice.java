package dev.millrace.trainer.learning.state;

import dev.millrace.events.record.Pair;
import java.util.List;

/**
 * Held-out pairs that are looked at by themselves.
 *
 * @param name what a loss on them is called in a version's decision
 * @param pairs all of which were asked about before and after
 * @param lasting whether the same pairs stay from window to window, so that losses on them add up to what was forgotten
 */
public record Slice(String name, List<Pair> pairs, boolean lasting) {}
