package dev.millrace.embedding.space;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How much of what an older version finds in its own index a newer one finds there: recall@10, the share of the ten nearest texts
 * that are the same, in the mean over the texts that ask. A text does not find itself.
 */
public final class NeighbourRecall {
    private static final int NEAREST = 10;

    private final float[][] columns;
    private final int[] asking;
    private final int[][] nearest;

    /**
     * Finds what the older version finds.
     *
     * @param index vectors of norm 1 of the older version
     * @param asking places in the index of the texts that ask
     */
    public NeighbourRecall(float[][] index, int[] asking) {
        columns = new float[index[0].length][index.length];
        for (int row = 0; row < index.length; row++) {
            for (int i = 0; i < columns.length; i++) {
                columns[i][row] = index[row][i];
            }
        }
        this.asking = asking.clone();
        nearest = nearest(IntStream.of(asking).mapToObj(place -> index[place]).toArray(float[][]::new));
    }

    /**
     * The recall of other vectors of the texts that ask, 0 to 1: 1 where they are those of the older version.
     *
     * @param vectors of norm 1, in the order of {@code asking}
     */
    public double of(float[][] vectors) {
        int[][] found = nearest(vectors);
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

    private int[][] nearest(float[][] vectors) {
        return IntStream.range(0, vectors.length)
                .parallel()
                .mapToObj(i -> nearest(vectors[i], asking[i]))
                .toArray(int[][]::new);
    }

    /** Places in their own order; of equally near ones the first come. */
    private int[] nearest(float[] vector, int self) {
        float[] cosines = new float[columns[0].length];
        for (int i = 0; i < columns.length; i++) {
            AffineMap.add(vector[i], columns[i], cosines);
        }
        cosines[self] = Float.NEGATIVE_INFINITY;
        int[] best = new int[Math.min(NEAREST, cosines.length - 1)];
        int held = 0;
        for (int place = 0; place < cosines.length; place++) {
            if (held < best.length || held > 0 && cosines[place] > cosines[best[held - 1]]) {
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
