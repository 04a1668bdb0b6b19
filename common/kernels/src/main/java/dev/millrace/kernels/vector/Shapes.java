package dev.millrace.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** How wide this processor's vectors are, and what tile of a product its registers hold. */
public final class Shapes {
    public static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    public static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    public static final int LANES = FLOATS.length();
    /** Columns of a tile: two vectors, so that every value of a row that is loaded is used twice. */
    public static final int PANEL = 2 * LANES;
    /** Rows of a full tile: AVX-512 and NEON have 32 registers, which hold 8 rows' sums; AVX2 has 16. */
    public static final int ROWS = LANES == 8 ? 4 : 8;

    private Shapes() {}

    public static int roundUp(int value, int step) {
        return (value + step - 1) / step * step;
    }
}
