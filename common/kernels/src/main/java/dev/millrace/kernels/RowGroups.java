package dev.millrace.kernels;

/**
 * Rows of a matrix in groups as high as a tile, each laid out element by element: first the group's values of column 0, then
 * those of column 1. A tile then reads its rows from one place, forward. The last group may be of 4 rows, some of them idle.
 *
 * @param count rows in use
 */
record RowGroups(int count) {
    static final int SMALL = 4;

    /** Rows of the group that begins with this row. */
    int size(int first) {
        return Shapes.ROWS == SMALL || count - first <= SMALL ? SMALL : Shapes.ROWS;
    }

    int groups() {
        return (count + Shapes.ROWS - 1) / Shapes.ROWS;
    }

    /** Rows in memory, idle ones included. */
    int padded() {
        return Shapes.roundUp(count, SMALL);
    }

    /** The first row of the group that a row belongs to. */
    static int first(int row) {
        return row / Shapes.ROWS * Shapes.ROWS;
    }

    /** Lays {@code width} values of a row out as part of its group, from column {@code column} of {@code columns} on. */
    void lay(float[] values, int from, int width, float[] packed, int row, int column, int columns) {
        int first = first(row);
        int size = size(first);
        int to = first * columns + column * size + row - first;
        for (int i = 0; i < width; i++) {
            packed[to] = values[from + i];
            to += size;
        }
    }
}
