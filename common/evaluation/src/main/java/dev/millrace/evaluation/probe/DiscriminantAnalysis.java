package dev.millrace.evaluation.probe;

import java.util.stream.IntStream;

/**
 * Linear discriminant analysis in closed form: class means and one covariance that all classes share, shrunk towards a sphere (Friedman
 * 1989; scikit-learn's LinearDiscriminantAnalysis with the solver lsqr and the same shrinkage). It has no steps and no seed, so what it
 * finds is the vectors' own.
 */
final class DiscriminantAnalysis {
    /** How much of the covariance is the sphere: there may be fewer texts than dimensions. */
    static final double SHRINKAGE = 0.1;

    /** Where all vectors of a class are the same, nothing is divided by 0. */
    private static final double LEAST_VARIANCE = 1e-12;

    private final double[][] weights;
    private final double[] biases;

    DiscriminantAnalysis(ClassMoments seen) {
        Cholesky covariance = new Cholesky(shrunk(seen.covariance()));
        weights = IntStream.range(0, seen.classes())
                .parallel()
                .mapToObj(label -> covariance.solve(seen.mean(label)))
                .toArray(double[][]::new);
        biases = IntStream.range(0, seen.classes())
                .mapToDouble(label ->
                        Math.log((double) seen.count(label) / seen.count()) - dot(weights[label], seen.mean(label)) / 2)
                .toArray();
    }

    private static double[][] shrunk(double[][] covariance) {
        double trace = IntStream.range(0, covariance.length)
                .mapToDouble(i -> covariance[i][i])
                .sum();
        double variance = Math.max(LEAST_VARIANCE, trace / covariance.length);
        for (int i = 0; i < covariance.length; i++) {
            for (int j = 0; j < covariance.length; j++) {
                covariance[i][j] = (1 - SHRINKAGE) * covariance[i][j] + (i == j ? SHRINKAGE * variance : 0);
            }
        }
        return covariance;
    }

    /** The likeliest class; of equally likely ones the first. A class that was never seen is not likely at all. */
    int classify(double[] vector) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int label = 0; label < weights.length; label++) {
            double likelihood = biases[label] + dot(weights[label], vector);
            if (likelihood > highest) {
                highest = likelihood;
                best = label;
            }
        }
        return best;
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
