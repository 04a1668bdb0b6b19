package dev.millrace.checkpoints.space;

import dev.millrace.checkpoints.version.Names;
import java.time.Instant;
import java.util.List;

/**
 * What an index holds, in short: some of its texts, and the vectors that the version it was built with gave them. By these any
 * later version finds its own way into the index, whether or not the older one can still be loaded.
 *
 * @param name of [a-z0-9][a-z0-9.-]{0,62}, by which callers ask for vectors that fit
 * @param version that the index was built with
 * @param createdAt when it was built, by the builder's clock, to the millisecond
 * @param texts of the index, in no order that has to do with what they say; at least one
 * @param vectors one a text, of norm 1 and of equally many numbers
 */
public record Space(String name, String version, Instant createdAt, List<String> texts, List<float[]> vectors) {
    private static final double NORM_TOLERANCE = 1e-2;

    /** Refuses what is no index with an IllegalArgumentException that names the component. */
    public Space {
        Names.name("name", name);
        Names.name("version", version);
        texts = List.copyOf(texts);
        vectors = List.copyOf(vectors);
        if (texts.isEmpty() || texts.size() != vectors.size()) {
            throw new IllegalArgumentException("vectors: " + vectors.size() + " for " + texts.size() + " texts");
        }
        for (int i = 0; i < vectors.size(); i++) {
            check(vectors.get(i), vectors.get(0).length, i);
        }
    }

    private static void check(final float[] vector, final int dimensions, final int index) {
        double squares = 0;
        for (final float number : vector) {
            squares += (double) number * number;
        }
        if (vector.length != dimensions || !(Math.abs(Math.sqrt(squares) - 1) <= NORM_TOLERANCE)) {
            throw new IllegalArgumentException("vectors: number " + index + " is no vector of norm 1 of " + dimensions
                    + " numbers, as the first one is");
        }
    }

    /** Numbers in a vector. */
    public int dimensions() {
        return vectors.get(0).length;
    }
}
