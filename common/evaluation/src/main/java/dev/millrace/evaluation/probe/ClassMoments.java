package dev.millrace.evaluation.probe;

import java.util.stream.IntStream;

/** What a set of labelled vectors comes to: counts and sums by class, and products of every two dimensions, which add up. */
final class ClassMoments {
    private final long[] counts;
    private final double[][] sums;
    private final double[][] products;

    ClassMoments(int classes, int dimensions) {
        counts = new long[classes];
        sums = new double[classes][dimensions];
        products = new double[dimensions][dimensions];
    }

    int classes() {
        return counts.length;
    }

    int dimensions() {
        return products.length;
    }

    long count(int label) {
        return counts[label];
    }

    long count() {
        return java.util.Arrays.stream(counts).sum();
    }

    double[] mean(int label) {
        return java.util.Arrays.stream(sums[label])
                .map(sum -> sum / Math.max(1, counts[label]))
                .toArray();
    }

    void add(double[][] vectors, int[] labels) {
        for (int row = 0; row < vectors.length; row++) {
            counts[labels[row]]++;
            addTo(sums[labels[row]], vectors[row], 1);
        }
        IntStream.range(0, products.length).parallel().forEach(i -> {
            for (double[] vector : vectors) {
                addTo(products[i], vector, vector[i]);
            }
        });
    }

    /** The set that is left without another. */
    ClassMoments without(ClassMoments part) {
        ClassMoments rest = new ClassMoments(classes(), dimensions());
        for (int label = 0; label < counts.length; label++) {
            rest.counts[label] = counts[label] - part.counts[label];
            addTo(rest.sums[label], sums[label], 1);
            addTo(rest.sums[label], part.sums[label], -1);
        }
        for (int i = 0; i < products.length; i++) {
            addTo(rest.products[i], products[i], 1);
            addTo(rest.products[i], part.products[i], -1);
        }
        return rest;
    }

    void add(ClassMoments part) {
        for (int label = 0; label < counts.length; label++) {
            counts[label] += part.counts[label];
            addTo(sums[label], part.sums[label], 1);
        }
        for (int i = 0; i < products.length; i++) {
            addTo(products[i], part.products[i], 1);
        }
    }

    /** The mean over all vectors of what is left of them beyond their class's mean, multiplied by every two dimensions. */
    double[][] covariance() {
        double[][] covariance = new double[dimensions()][];
        double[][] means = IntStream.range(0, classes()).mapToObj(this::mean).toArray(double[][]::new);
        for (int i = 0; i < covariance.length; i++) {
            covariance[i] = products[i].clone();
            for (int label = 0; label < counts.length; label++) {
                addTo(covariance[i], means[label], -counts[label] * means[label][i]);
            }
            for (int j = 0; j < covariance.length; j++) {
                covariance[i][j] /= count();
            }
        }
        return covariance;
    }

    private static void addTo(double[] sum, double[] numbers, double weight) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * numbers[i];
        }
    }
}
