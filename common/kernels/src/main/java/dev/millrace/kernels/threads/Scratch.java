package dev.millrace.kernels.threads;

import static dev.millrace.kernels.vector.Shapes.PANEL;

import dev.millrace.kernels.vector.Shapes;

/** What one thread needs while it works on a tile or on one text's attention; grows with the longest text. */
public final class Scratch {
    public final float[] lanes = new float[Shapes.LANES];
    public final float[] tile = new float[Shapes.ROWS * PANEL];
    public final float[] shares = new float[PANEL];
    public float[] panel = new float[0];
    private int[] sums = new int[0];
    private byte[] numbers = new byte[0];
    private float[] row = new float[0];
    public float[] queries = new float[0];
    public float[] keys = new float[0];
    public float[] scores = new float[0];
    public float[] values = new float[0];

    /** Room for a panel of so many rows. */
    public void fit(RowGroups rows) {
        if (panel.length < rows.padded() * PANEL) {
            panel = new float[rows.padded() * PANEL];
        }
    }

    /** Room for a row of whole numbers. */
    public byte[] numbers(int width) {
        if (numbers.length < width) {
            numbers = new byte[width];
        }
        return numbers;
    }

    /** Room for a row of their sums. */
    public int[] sums(int width) {
        if (sums.length < width) {
            sums = new int[width];
        }
        return sums;
    }

    /** Room for a row of what these stand for. */
    public float[] row(int width) {
        if (row.length < width) {
            row = new float[width];
        }
        return row;
    }

    /** Room for the attention of a text of so many tokens with heads of this width. */
    public void fit(int tokens, int headWidth) {
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
