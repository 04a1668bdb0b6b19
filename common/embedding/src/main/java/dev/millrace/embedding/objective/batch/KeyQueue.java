package dev.millrace.embedding.objective.batch;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Texts of earlier batches as the momentum encoder saw them then, the oldest first: further negatives that cost no encoding (MoCo, He et
 * al. 2020). Never changed.
 */
public record KeyQueue(List<Key> keys) {
    /** Before the first batch. */
    public static final KeyQueue EMPTY = new KeyQueue(List.of());

    /**
     * A text of an earlier batch.
     *
     * @param vector its unit vector
     * @param identities see {@link Roles#identities}
     */
    public record Key(float[] vector, long[] identities) {}

    public KeyQueue {
        keys = List.copyOf(keys);
    }

    /** With newer keys behind; of all the newest {@code most}. */
    public KeyQueue with(List<Key> newer, int most) {
        List<Key> all = Stream.concat(keys.stream(), newer.stream()).toList();
        return new KeyQueue(all.subList(Math.max(0, all.size() - most), all.size()));
    }

    /** [n, d] */
    public float[][] vectors() {
        return keys.stream().map(Key::vector).toArray(float[][]::new);
    }

    /** Where the keys are that have an identity. */
    public Map<Long, BitSet> byIdentity() {
        Map<Long, BitSet> places = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            for (long identity : keys.get(i).identities()) {
                places.computeIfAbsent(identity, other -> new BitSet()).set(i);
            }
        }
        return places;
    }
}
