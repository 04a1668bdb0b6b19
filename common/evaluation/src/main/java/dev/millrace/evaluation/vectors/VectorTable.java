package dev.millrace.evaluation.vectors;

/**
 * Vectors by row, read in blocks, so that they need not all be in memory.
 *
 * @param size number of rows, 0 or more
 * @param rows reads them
 */
public record VectorTable(int size, Rows rows) {

    /** Reads rows {@code from} to {@code to - 1}: all of one length, and the same whenever they are asked for. */
    @FunctionalInterface
    public interface Rows {
        float[][] of(int from, int to);
    }

    /** Vectors in memory. */
    public static VectorTable of(float[][] vectors) {
        return new VectorTable(vectors.length, (from, to) -> java.util.Arrays.copyOfRange(vectors, from, to));
    }

    /**
     * Copies of the rows at length 1, so that a dot product is a cosine; one that is all zero stays so, and is at 0 to
     * everything.
     *
     * @throws NonFiniteVectorException naming a row with a number that is not finite
     * @throws IllegalArgumentException when there are other rows than were asked for, or of several lengths
     */
    public float[][] unit(int from, int to) {
        float[][] read = rows.of(from, to);
        if (read.length != to - from) {
            throw new IllegalArgumentException(read.length + " vectors for " + (to - from) + " texts");
        }
        float[][] unit = new float[read.length][];
        for (int i = 0; i < read.length; i++) {
            if (read[i].length != read[0].length) {
                throw new IllegalArgumentException("vector " + (from + i) + " has " + read[i].length
                        + " numbers, the one before it " + read[i - 1].length);
            }
            unit[i] = unit(read[i], from + i);
        }
        return unit;
    }

    private static float[] unit(float[] vector, int row) {
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        if (!Double.isFinite(squares)) {
            throw new NonFiniteVectorException(row);
        }
        double length = squares == 0 ? 1 : Math.sqrt(squares);
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (vector[i] / length);
        }
        return unit;
    }
}
