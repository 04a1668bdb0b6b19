package dev.millrace.kernels;

import static dev.millrace.kernels.Shapes.PANEL;

/** What one thread needs while it works on a tile or on one text's attention; grows with the longest text. */
final class Scratch {
    final float[] lanes = new float[Shapes.LANES];
    final float[] tile = new float[Shapes.ROWS * PANEL];
    final float[] shares = new float[PANEL];
    float[] panel = new float[0];
    private int[] sums = new int[0];
    private byte[] numbers = new byte[0];
    private float[] row = new float[0];
    float[] queries = new float[0];
    float[] keys = new float[0];
    float[] scores = new float[0];
    float[] values = new float[0];

    /** Room for a panel of so many rows. */
    void fit(RowGroups rows) {
        if (panel.length < rows.padded() * PANEL) {
            panel = new float[rows.padded() * PANEL];
        }
    }

    /** Room for a row of whole numbers. */
    byte[] numbers(int width) {
        if (numbers.length < width) {
            numbers = new byte[width];
        }
        return numbers;
    }

    /** Room for a row of their sums. */
    int[] sums(int width) {
        if (sums.length < width) {
            sums = new int[width];
        }
        return sums;
    }

    /** Room for a row of what these stand for. */
    float[] row(int width) {
        if (row.length < width) {
            row = new float[width];
        }
        return row;
    }

    /** Room for the attention of a text of so many tokens with heads of this width. */
    void fit(int tokens, int headWidth) {
        int padded = Shapes.roundUp(tokens, Shapes.ROWS);
        if (keys.length < padded * headWidth) {
            keys = new float[padded * headWidth];
            values = new float[padded * Shapes.roundUp(headWidth, PANEL)];
        }
        if (scores.length < padded * PANEL) {
            scores = new float[padded * PANEL];
        }
        if (queries.length < headWidth * PANEL) {
            queries = new float[headWidth * PANEL];
        }
    }
}
