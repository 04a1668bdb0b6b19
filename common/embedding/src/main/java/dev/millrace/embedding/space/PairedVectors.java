package dev.millrace.embedding.space;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Texts as two versions see them.
 *
 * @param from vectors of norm 1 of the newer version, one a text
 * @param to vectors of norm 1 of the older version, of the same texts in the same order and as many numbers
 */
public record PairedVectors(float[][] from, float[][] to) {
    /** Refuses vectors that are no pairs, or of several lengths. */
    public PairedVectors {
        if (from.length == 0 || from.length != to.length) {
            throw new IllegalArgumentException(from.length + " vectors and " + to.length + " are no pairs");
        }
        int dimensions = from[0].length;
        for (int i = 0; i < from.length; i++) {
            if (from[i].length != dimensions || to[i].length != dimensions) {
                throw new IllegalArgumentException("pair " + i + " has " + from[i].length + " and " + to[i].length
                        + " numbers instead of " + dimensions);
            }
        }
    }

    /** Number of pairs, at least one. */
    public int size() {
        return from.length;
    }

    /** Numbers in a vector. */
    public int dimensions() {
        return from[0].length;
    }

    /** The pairs whose places are wanted; at least one is. */
    PairedVectors where(IntPredicate wanted) {
        int[] places = IntStream.range(0, size()).filter(wanted).toArray();
        return new PairedVectors(rows(from, places), rows(to, places));
    }

    private static float[][] rows(float[][] all, int[] places) {
        return IntStream.of(places).mapToObj(place -> all[place]).toArray(float[][]::new);
    }
}
