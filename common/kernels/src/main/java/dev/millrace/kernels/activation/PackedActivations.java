package dev.millrace.kernels.activation;

import dev.millrace.kernels.threads.Scratch;
import dev.millrace.kernels.vector.Shapes;

/** Activations laid out as the tiles of a product of floats read them. */
public final class PackedActivations extends Activations {
    private final Dimensions dimensions;
    private final int addedWidth;
    /** [T, hidden] in groups: what the next product takes. */
    public float[] packed = new float[0];
    /** [T, intermediate] in groups. */
    public float[] wide = new float[0];

    /** [T, width] what a layer adds. */
    public float[] added = new float[0];

    public PackedActivations(Dimensions dimensions) {
        super(dimensions);
        this.dimensions = dimensions;
        addedWidth = Shapes.roundUp(dimensions.hidden(), Shapes.PANEL);
    }

    @Override
    public void grow(int rows) {
        added = new float[rows * addedWidth];
        packed = new float[rows * dimensions.hidden()];
        wide = new float[rows * dimensions.intermediate()];
    }

    /** x += added, one row. */
    public void addRow(int row) {
        add(row, added, row * addedWidth);
    }

    @Override
    public void lay(int group, Scratch scratch) {
        int hidden = dimensions.hidden();
        int first = rows.first(group);
        rows.layGroup(x, first * hidden, hidden, hidden, packed, first, 0, hidden);
    }

    @Override
    public void attended(float[] values, int from, int width, int row, int column) {
        rows.layRow(values, from, width, packed, row, column, dimensions.hidden());
    }
}
