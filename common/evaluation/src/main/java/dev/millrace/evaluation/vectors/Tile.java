package dev.millrace.evaluation.vectors;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows laid out by dimension, so that the compiler turns the loop over rows into vector instructions. A dot product is added up in
 * one order, wherever its row lies: equal rows have equal products, whatever stands beside them.
 */
public final class Tile {
    /** Rows of a tile: at 1,024 dimensions it takes 1 MB, and stays in a core's cache while many vectors pass over it. */
    public static final int WIDTH = 256;

    /** Dimensions added up at a time: fewer, and the sums are loaded and stored more often than anything is multiplied. */
    private static final int STEP = 4;

    private final int first;
    private final int width;
    private final float[][] columns;

    private Tile(float[][] rows, int first, int width) {
        this.first = first;
        this.width = width;
        int dimensions = rows[first].length;
        columns = new float[(dimensions + STEP - 1) / STEP * STEP][width];
        for (int row = 0; row < width; row++) {
            float[] numbers = rows[first + row];
            for (int dimension = 0; dimension < dimensions; dimension++) {
                columns[dimension][row] = numbers[dimension];
            }
        }
    }

    /** All rows, {@link #WIDTH} a tile. */
    public static List<Tile> of(float[][] rows) {
        return IntStream.range(0, (rows.length + WIDTH - 1) / WIDTH)
                .mapToObj(tile -> new Tile(rows, tile * WIDTH, Math.min(WIDTH, rows.length - tile * WIDTH)))
                .toList();
    }

    /** Place of the first row among all. */
    public int first() {
        return first;
    }

    /** Number of rows, at most {@link #WIDTH}. */
    public int width() {
        return width;
    }

    /**
     * Dot products of one vector with every row.
     *
     * @param into takes {@link #width()} of them
     */
    public void products(float[] vector, float[] into) {
        Arrays.fill(into, 0, width, 0);
        for (int d = 0; d < columns.length; d += STEP) {
            add(new Four(vector, d), columns[d], columns[d + 1], columns[d + 2], columns[d + 3], into);
        }
    }

    private record Four(float a, float b, float c, float d) {
        Four(float[] vector, int at) {
            this(at(vector, at), at(vector, at + 1), at(vector, at + 2), at(vector, at + 3));
        }

        private static float at(float[] vector, int place) {
            return place < vector.length ? vector[place] : 0;
        }
    }

    private void add(Four weights, float[] a, float[] b, float[] c, float[] d, float[] into) {
        float wa = weights.a;
        float wb = weights.b;
        float wc = weights.c;
        float wd = weights.d;
        for (int i = 0; i < width; i++) {
            into[i] += (wa * a[i] + wb * b[i]) + (wc * c[i] + wd * d[i]);
        }
    }

    /** The dot product of two vectors of one length, to the bit as {@link #products} has it. */
    public static float product(float[] left, float[] right) {
        float sum = 0;
        for (int d = 0; d < left.length; d += STEP) {
            Four l = new Four(left, d);
            Four r = new Four(right, d);
            sum += (l.a * r.a + l.b * r.b) + (l.c * r.c + l.d * r.d);
        }
        return sum;
    }
}
