package dev.millrace.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** How wide this processor's vectors are, and what tile of a product its registers hold. */
final class Shapes {
    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    static final int LANES = FLOATS.length();
    /** Columns of a tile: two vectors, so that every value of a row that is loaded is used twice. */
    static final int PANEL = 2 * LANES;
    /** Rows of a full tile: AVX-512 and NEON have 32 registers, which hold 8 rows' sums; AVX2 has 16. */
    static final int ROWS = LANES == 8 ? 4 : 8;

    private Shapes() {}

    static int roundUp(int value, int step) {
        return (value + step - 1) / step * step;
    }
}
