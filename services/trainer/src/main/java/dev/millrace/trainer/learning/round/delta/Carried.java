package dev.millrace.trainer.learning.round.delta;

import dev.millrace.embedding.train.version.TrainedWeights;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a codec left out of a trainer's deltas until now, and goes into its next (error feedback: Seide et al. 2014; Karimireddy et
 * al. 2019): so nothing is lost, it only comes later. One number a weight, but for a codec that keeps all.
 */
public final class Carried {
    private final DeltaCodec codec;
    private final Map<String, float[]> rest;

    private Carried(DeltaCodec codec, Map<String, float[]> rest) {
        this.codec = codec;
        this.rest = rest;
    }

    /** Nothing yet. */
    public static Carried nothing(DeltaCodec codec) {
        return new Carried(codec, Map.of());
    }

    /**
     * What is told of a round.
     *
     * @param delta to be merged
     * @param next carried once it is; until then, and if it is refused, what was carried before still is
     */
    public record Told(Delta delta, Carried next) {}

    /** How far it is from the base to what was reached, and what was carried. */
    public Told tell(TrainedWeights base, TrainedWeights reached) {
        if (!base.tensors().keySet().equals(reached.tensors().keySet())) {
            throw new IllegalArgumentException("what was reached has other weights than its base");
        }
        SortedMap<String, Change> changes = new TreeMap<>();
        Map<String, float[]> left = new TreeMap<>();
        for (String name : base.tensors().keySet()) {
            float[] from = Numbers.of(base.tensors().get(name));
            float[] to = Numbers.of(reached.tensors().get(name));
            float[] delta = delta(name, from, to);
            ByteBuffer coded = codec.encode(delta);
            if (codec.isExact()) {
                changes.put(name, Change.exactly(coded, delta, from, to));
            } else {
                changes.put(name, Change.rounded(coded));
                left.put(name, difference(delta, codec.decode(coded, delta.length)));
            }
        }
        return new Told(new Delta(codec, changes), new Carried(codec, left));
    }

    private float[] delta(String name, float[] from, float[] to) {
        float[] delta = difference(to, from);
        Optional.ofNullable(rest.get(name)).ifPresent(carried -> {
            for (int i = 0; i < delta.length; i++) {
                delta[i] += carried[i];
            }
        });
        return delta;
    }

    private static float[] difference(float[] of, float[] from) {
        float[] difference = new float[of.length];
        for (int i = 0; i < of.length; i++) {
            difference[i] = of[i] - from[i];
        }
        return difference;
    }
}
