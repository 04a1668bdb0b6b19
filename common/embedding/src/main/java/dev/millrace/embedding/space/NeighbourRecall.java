package dev.millrace.embedding.space;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How much of what a version finds in an index of its own it finds in an older one's: recall@10, the share of the ten nearest texts
 * that are the same, in the mean over the texts that ask. A text does not find itself.
 */
public final class NeighbourRecall {
    private static final int NEAREST = 10;

    private final float[][] columns;
    private final int[] asking;
    private final int[][] nearest;

    /**
     * Finds what is found in a rebuilt index.
     *
     * @param texts of an index, as the newer version and as the older one sees them
     * @param asking places of the texts that ask
     */
    public NeighbourRecall(PairedVectors texts, int[] asking) {
        this.asking = asking.clone();
        columns = columns(texts.to());
        nearest = nearest(
                IntStream.of(asking).mapToObj(place -> texts.from()[place]).toArray(float[][]::new),
                columns(texts.from()));
    }

    /** Numbers by dimension, so that the inner loop runs along the texts. */
    private static float[][] columns(float[][] vectors) {
        float[][] columns = new float[vectors[0].length][vectors.length];
        for (int row = 0; row < vectors.length; row++) {
            for (int i = 0; i < columns.length; i++) {
                columns[i][row] = vectors[row][i];
            }
        }
        return columns;
    }

    /**
     * The recall of these vectors in the older index, 0 to 1: 1 where they find there what is found in a rebuilt one.
     *
     * @param vectors of norm 1, in the order of {@code asking}
     */
    public double of(float[][] vectors) {
        int[][] found = nearest(vectors, columns);
        return IntStream.range(0, found.length)
                .mapToDouble(i -> shared(nearest[i], found[i]) / (double) nearest[i].length)
                .average()
                .orElse(1);
    }

    private static long shared(int[] one, int[] other) {
        return IntStream.of(one)
                .filter(place -> Arrays.binarySearch(other, place) >= 0)
                .count();
    }

    private int[][] nearest(float[][] vectors, float[][] index) {
        return IntStream.range(0, vectors.length)
                .parallel()
                .mapToObj(i -> nearest(vectors[i], index, asking[i]))
                .toArray(int[][]::new);
    }

    /** Places in their own order; of equally near ones the first come. */
    private static int[] nearest(float[] vector, float[][] index, int self) {
        float[] cosines = new float[index[0].length];
        for (int i = 0; i < index.length; i++) {
            for (int place = 0; place < cosines.length; place++) {
                cosines[place] += vector[i] * index[i][place];
            }
        }
        cosines[self] = Float.NEGATIVE_INFINITY;
        int[] best = new int[Math.min(NEAREST, cosines.length - 1)];
        int held = 0;
        for (int place = 0; place < cosines.length; place++) {
            if (held < best.length || (held > 0 && cosines[place] > cosines[best[held - 1]])) {
                int at = held < best.length ? held++ : held - 1;
                for (; at > 0 && cosines[place] > cosines[best[at - 1]]; at--) {
                    best[at] = best[at - 1];
                }
                best[at] = place;
            }
        }
        Arrays.sort(best);
        return best;
    }
}
