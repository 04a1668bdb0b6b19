package dev.millrace.embedding.objective.seen;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.objective.batch.Momentum;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * What the momentum encoder sees, in native memory.
 *
 * @param batch [u, d] unit vectors of the batch's texts
 * @param queue [q, d] those of earlier texts; empty: there are none yet
 * @param places of earlier texts by identity
 * @param identities of the batch's texts
 */
public record Keys(NDArray batch, Optional<NDArray> queue, Map<Long, BitSet> places, IntFunction<long[]> identities) {

    static Keys of(PtNDManager scope, Momentum momentum, IntFunction<long[]> identities) {
        float[][] earlier = momentum.queue().vectors();
        return new Keys(
                scope.create(momentum.keys()),
                earlier.length == 0 ? Optional.empty() : Optional.of(scope.create(earlier)),
                momentum.queue().byIdentity(),
                identities);
    }

    Keys map(UnaryOperator<NDArray> vectors) {
        return new Keys(vectors.apply(batch), queue.map(vectors), places, identities);
    }

    /** The earlier texts that do not belong to one of the batch's. */
    BitSet strangers(int text) {
        BitSet strangers = new BitSet();
        queue.ifPresent(
                earlier -> strangers.set(0, Math.toIntExact(earlier.getShape().get(0))));
        Arrays.stream(identities.apply(text))
                .mapToObj(places::get)
                .filter(Objects::nonNull)
                .forEach(strangers::andNot);
        return strangers;
    }
}
