package dev.millrace.embedding.space.method;

import dev.millrace.embedding.space.PairedVectors;
import dev.millrace.embedding.space.SpaceAdapter;
import dev.millrace.embedding.space.SpaceMethod;
import java.util.stream.IntStream;

/**
 * Adds to each vector how far those near it have moved: the mean of the pairs' differences, weighted by nearness (Yu et al. 2020,
 * "Semantic Drift Compensation for Class-Incremental Learning"; for queries Goswami et al. 2025, "Query Drift Compensation").
 *
 * @param anchors pairs that are kept, evenly spaced among all, at least 1; a vector is compared with each
 * @param width of the Gaussian that weights them, above 0, in units of distance
 */
public record DriftVector(int anchors, double width) implements SpaceMethod {
    @Override
    public String name() {
        return "drift-vector";
    }

    @Override
    public SpaceAdapter fit(PairedVectors pairs) {
        int kept = Math.min(anchors, pairs.size());
        int[] places = IntStream.range(0, kept)
                .map(i -> (int) ((long) i * pairs.size() / kept))
                .toArray();
        float[][] columns = new float[pairs.dimensions()][kept];
        float[][] drifts = new float[kept][pairs.dimensions()];
        for (int anchor = 0; anchor < kept; anchor++) {
            float[] from = pairs.from()[places[anchor]];
            float[] to = pairs.to()[places[anchor]];
            for (int i = 0; i < from.length; i++) {
                columns[i][anchor] = from[i];
                drifts[anchor][i] = to[i] - from[i];
            }
        }
        return new Drifts(columns, drifts, width * width);
    }

    /**
     * Anchors and what became of them.
     *
     * @param columns numbers of the newer anchors by dimension, so that the inner loop runs along a row
     * @param variance of the Gaussian; for vectors of norm 1 half the squared distance is one minus the cosine
     */
    private record Drifts(float[][] columns, float[][] drifts, double variance) implements SpaceAdapter {
        /** Below it a weight adds nothing that a float could hold. */
        private static final double LEAST = 1e-6;

        @Override
        public float[] apply(float[] vector) {
            float[] cosines = new float[drifts.length];
            for (int i = 0; i < vector.length; i++) {
                AffineMap.add(vector[i], columns[i], cosines);
            }
            float nearest = cosines[0];
            for (float cosine : cosines) {
                nearest = Math.max(nearest, cosine);
            }
            float[] sum = new float[vector.length];
            double total = 0;
            for (int anchor = 0; anchor < cosines.length; anchor++) {
                double weight = Math.exp((cosines[anchor] - nearest) / variance);
                if (weight > LEAST) {
                    total += weight;
                    AffineMap.add((float) weight, drifts[anchor], sum);
                }
            }
            for (int i = 0; i < sum.length; i++) {
                sum[i] = (float) (vector[i] + sum[i] / total);
            }
            return UnitLength.of(sum);
        }
    }
}
