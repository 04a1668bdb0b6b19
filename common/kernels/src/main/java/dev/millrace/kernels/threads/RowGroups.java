package dev.millrace.kernels.threads;

import dev.millrace.kernels.vector.Shapes;

/**
 * Rows of a matrix in groups as high as a tile, each laid out element by element: first the group's values of column 0, then
 * those of column 1. A tile then reads its rows from one place, forward. The last group may be of 4 rows, some of them idle.
 *
 * @param count rows in use
 */
public record RowGroups(int count) {
    public static final int SMALL = 4;

    /** Rows of the group that begins with this row. */
    public int size(int first) {
        return Shapes.ROWS == SMALL || count - first <= SMALL ? SMALL : Shapes.ROWS;
    }

    public int groups() {
        return (count + Shapes.ROWS - 1) / Shapes.ROWS;
    }

    /** A group's first row. */
    public int first(int group) {
        return group * Shapes.ROWS;
    }

    /** The row in use after a group's last. */
    public int end(int group) {
        return Math.min(count, first(group) + Shapes.ROWS);
    }

    /** Rows in memory, idle ones included. */
    public int padded() {
        return Shapes.roundUp(count, SMALL);
    }

    /**
     * Lays a group's rows out as columns {@code column} and following of {@code columns}.
     *
     * @param values a row every {@code stride} values from {@code from} on, {@code width} of each; idle ones included
     */
    public void layGroup(
            float[] values, int from, int stride, int width, float[] packed, int first, int column, int columns) {
        int size = size(first);
        int to = first * columns + column * size;
        for (int row = 0; row < size; row += SMALL) {
            layFour(values, from + row * stride, stride, width, packed, to + row, size);
        }
    }

    private static void layFour(float[] values, int from, int stride, int width, float[] packed, int to, int step) {
        for (int i = 0; i < width; i++) {
            packed[to + i * step] = values[from + i];
            packed[to + i * step + 1] = values[from + stride + i];
            packed[to + i * step + 2] = values[from + 2 * stride + i];
            packed[to + i * step + 3] = values[from + 3 * stride + i];
        }
    }

    /** Lays a single row out as part of its group. */
    public void layRow(float[] values, int from, int width, float[] packed, int row, int column, int columns) {
        int first = row / Shapes.ROWS * Shapes.ROWS;
        int size = size(first);
        int to = first * columns + column * size + row - first;
        for (int i = 0; i < width; i++) {
            packed[to + i * size] = values[from + i];
        }
    }
}
