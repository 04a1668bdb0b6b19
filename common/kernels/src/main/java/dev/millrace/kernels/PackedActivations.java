package dev.millrace.kernels;

/** Activations laid out as the tiles of a product of floats read them. */
final class PackedActivations extends Activations {
    private final Dimensions dimensions;
    private final int addedWidth;
    /** [T, hidden] in groups: what the next product takes. */
    float[] packed = new float[0];
    /** [T, intermediate] in groups. */
    float[] wide = new float[0];

    /** [T, width] what a layer adds. */
    float[] added = new float[0];

    PackedActivations(Dimensions dimensions) {
        super(dimensions);
        this.dimensions = dimensions;
        addedWidth = Shapes.roundUp(dimensions.hidden(), Shapes.PANEL);
    }

    @Override
    void grow(int rows) {
        added = new float[rows * addedWidth];
        packed = new float[rows * dimensions.hidden()];
        wide = new float[rows * dimensions.intermediate()];
    }

    /** x += added, one row. */
    void addRow(int row) {
        add(row, added, row * addedWidth);
    }

    @Override
    void lay(int group, Scratch scratch) {
        int hidden = dimensions.hidden();
        int first = rows.first(group);
        rows.layGroup(x, first * hidden, hidden, hidden, packed, first, 0, hidden);
    }

    @Override
    void attended(float[] values, int from, int width, int row, int column) {
        rows.layRow(values, from, width, packed, row, column, dimensions.hidden());
    }
}
