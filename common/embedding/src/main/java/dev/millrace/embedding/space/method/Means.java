package dev.millrace.embedding.space.method;

import dev.millrace.embedding.space.PairedVectors;

/**
 * Where the vectors of each side lie in the mean: those of texts lie around a point, not around zero.
 *
 * @param from of the newer vectors
 * @param to of the older ones
 */
record Means(double[] from, double[] to) {
    static Means of(PairedVectors pairs) {
        return new Means(mean(pairs.from()), mean(pairs.to()));
    }

    private static double[] mean(float[][] vectors) {
        double[] mean = new double[vectors[0].length];
        for (float[] vector : vectors) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += vector[i] / (double) vectors.length;
            }
        }
        return mean;
    }

    /** The newer vectors around their mean. */
    Matrix centredFrom(PairedVectors pairs) {
        return Matrix.centred(pairs.from(), from);
    }

    /** The older vectors around theirs. */
    Matrix centredTo(PairedVectors pairs) {
        return Matrix.centred(pairs.to(), to);
    }
}
