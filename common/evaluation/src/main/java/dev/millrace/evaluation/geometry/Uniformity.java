package dev.millrace.evaluation.geometry;

import dev.millrace.evaluation.vectors.Tile;
import dev.millrace.evaluation.vectors.VectorTable;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** How evenly vectors are spread over the sphere. */
public final class Uniformity {
    /** More vectors than this, and as many of them, evenly spaced, are compared: pairs grow with the square. */
    public static final int MOST = 8192;

    private static final int BLOCK = 4096;
    private static final double TEMPERATURE = 2;

    private Uniformity() {}

    /**
     * Logarithm of the mean of {@code exp(-2 d^2)} over all pairs, d the distance of their unit vectors (Wang and Isola 2020): 0 where
     * all are the same, about -4 where they are evenly spread; nothing for fewer than two.
     */
    public static OptionalDouble of(VectorTable texts) {
        if (texts.size() < 2) {
            return OptionalDouble.empty();
        }
        float[][] vectors = sample(texts);
        double[] sums = new double[vectors.length];
        for (Tile tile : Tile.of(vectors)) {
            IntStream.range(tile.first(), vectors.length)
                    .parallel()
                    .forEach(i -> sums[i] += potential(vectors[i], tile, i));
        }
        double pairs = vectors.length * (vectors.length - 1.0) / 2;
        return OptionalDouble.of(Math.log(Arrays.stream(sums).sum() / pairs));
    }

    /** Of the vector at a place with those of the tile that come before it. */
    private static double potential(float[] vector, Tile tile, int place) {
        float[] cosines = new float[Tile.WIDTH];
        tile.products(vector, cosines);
        double sum = 0;
        for (int j = 0; j < Math.min(tile.width(), place - tile.first()); j++) {
            sum += Math.exp(-2 * TEMPERATURE * (1 - cosines[j]));
        }
        return sum;
    }

    private static float[][] sample(VectorTable texts) {
        if (texts.size() <= MOST) {
            return texts.unit(0, texts.size());
        }
        return IntStream.range(0, MOST)
                .map(i -> (int) ((long) i * texts.size() / MOST))
                .mapToObj(row -> texts.unit(row, row + 1)[0])
                .toArray(float[][]::new);
    }

    /** Mean cosine over all pairs: 1 where all are the same, 0 where they are evenly spread; nothing for fewer than two. */
    public static OptionalDouble meanCosine(VectorTable texts) {
        if (texts.size() < 2) {
            return OptionalDouble.empty();
        }
        double[] sum = new double[0];
        double own = 0;
        for (int from = 0; from < texts.size(); from += BLOCK) {
            for (float[] vector : texts.unit(from, Math.min(from + BLOCK, texts.size()))) {
                sum = sum.length == 0 ? new double[vector.length] : sum;
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += vector[i];
                    own += (double) vector[i] * vector[i];
                }
            }
        }
        double all = Arrays.stream(sum).map(number -> number * number).sum();
        return OptionalDouble.of((all - own) / texts.size() / (texts.size() - 1));
    }
}
