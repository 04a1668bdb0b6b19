package dev.millrace.kernels;

import static dev.millrace.kernels.Shapes.PANEL;

/** What one thread needs while it works on a tile or on one text's attention; grows with the longest text. */
final class Scratch {
    final float[] lanes = new float[Shapes.LANES];
    final float[] tile = new float[Shapes.ROWS * PANEL];
    final float[] shares = new float[Shapes.ROWS];
    float[] panel = new float[0];
    float[] queries = new float[0];
    float[] keys = new float[0];
    float[] scores = new float[0];
    float[] weights = new float[0];
    float[] values = new float[0];

    /** Room for a panel of so many rows. */
    void fit(RowGroups rows) {
        if (panel.length < rows.padded() * PANEL) {
            panel = new float[rows.padded() * PANEL];
        }
    }

    /** Room for the attention of a text of so many tokens with heads of this width. */
    void fit(int tokens, int headWidth) {
        int padded = Shapes.roundUp(tokens, PANEL);
        if (keys.length < padded * headWidth) {
            keys = new float[padded * headWidth];
            values = new float[padded * Shapes.roundUp(headWidth, PANEL)];
        }
        if (scores.length < padded * Shapes.ROWS) {
            scores = new float[padded * Shapes.ROWS];
            weights = new float[padded * Shapes.ROWS];
        }
        if (queries.length < headWidth * Shapes.ROWS) {
            queries = new float[headWidth * Shapes.ROWS];
        }
    }
}
