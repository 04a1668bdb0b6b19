package dev.millrace.trainer.learning;

import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.batch.Example;
import dev.millrace.trainer.learning.state.HeldOut;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A pass over what is remembered.
 *
 * @param again what is learned again
 * @param heldBack what is not, to tell whether the pass gained anything: other pairs each time
 */
record Rehearsal(List<Example> again, List<Pair> heldBack) {
    private static final int ONE_IN = 8;

    /** Of these pairs, in random order. */
    static Rehearsal of(List<Pair> drawn) {
        List<Pair> heldBack = drawn.stream()
                .filter(HeldOut::asks)
                .limit(drawn.size() / ONE_IN)
                .toList();
        Set<Pair> apart = new HashSet<>(heldBack);
        return new Rehearsal(
                drawn.stream()
                        .filter(pair -> !apart.contains(pair))
                        .map(Example::of)
                        .toList(),
                heldBack);
    }
}
