package dev.millrace.kernels;

import dev.millrace.kernels.activation.Dimensions;
import dev.millrace.kernels.activation.Reduction;
import dev.millrace.kernels.layer.RelativeBias;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The same encoder from the papers' formulas, in doubles and without a thought of speed; with weights of its own. */
final class PlainEncoder {
    static final int VOCABULARY = 50;
    static final int POSITIONS = 200;

    final Dimensions dimensions;
    final float[] words;
    final float[] positions;
    final float[] normWeight;
    final float[] normBias;
    final float[][] weights;
    final RelativeBias relative;
    private final int hidden;

    PlainEncoder(Dimensions dimensions, boolean withRelativeBias, long seed) {
        this.dimensions = dimensions;
        hidden = dimensions.hidden();
        SplittableRandom random = new SplittableRandom(seed);
        words = values(random, VOCABULARY * hidden, 1);
        positions = values(random, POSITIONS * hidden, 1);
        normWeight = values(random, hidden, 1);
        normBias = values(random, hidden, 1);
        int inner = dimensions.intermediate();
        int[] sizes = {
            3 * hidden * hidden,
            3 * hidden,
            hidden * hidden,
            hidden,
            hidden,
            hidden,
            inner * hidden,
            inner,
            hidden * inner,
            hidden,
            hidden,
            hidden
        };
        weights = new float[dimensions.layers() * sizes.length][];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = values(random, sizes[i % sizes.length], 0.3);
        }
        float[][] heads = new float[dimensions.heads()][];
        for (int head = 0; head < heads.length; head++) {
            heads[head] = values(random, 2 * POSITIONS - 1, 1);
        }
        relative = withRelativeBias ? new RelativeBias(heads) : RelativeBias.NONE;
    }

    double[] encode(int[] ids, Reduction reduction, OptionalInt lower) {
        double[][] x = new double[ids.length][hidden];
        for (int i = 0; i < ids.length; i++) {
            for (int j = 0; j < hidden; j++) {
                x[i][j] = words[ids[i] * hidden + j] + positions[i * hidden + j];
            }
        }
        normalize(x, normWeight, normBias);
        List<double[][]> states = new ArrayList<>();
        states.add(x);
        for (int layer = 0; layer < dimensions.layers(); layer++) {
            states.add(layer(states.get(layer), layer * 12));
        }
        double[][] top = states.get(dimensions.layers());
        lower.ifPresent(layer -> add(top, states.get(layer)));
        return pool(top, reduction);
    }

    private double[][] layer(double[][] x, int at) {
        double[][] attended = linear(attention(linear(x, at)), at + 2);
        add(attended, x);
        normalize(attended, weights[at + 4], weights[at + 5]);
        double[][] inner = linear(attended, at + 6);
        for (double[] row : inner) {
            for (int i = 0; i < row.length; i++) {
                row[i] = activated(row[i]);
            }
        }
        double[][] fed = linear(inner, at + 8);
        add(fed, attended);
        normalize(fed, weights[at + 10], weights[at + 11]);
        return fed;
    }

    private double activated(double x) {
        return switch (dimensions.activation()) {
            case RELU -> Math.max(0, x);
            case GELU_TANH -> x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
            case GELU -> x * normal(x);
        };
    }

    /** The normal distribution's cumulative function, by its series. */
    private static double normal(double x) {
        if (Math.abs(x) > 7) {
            return x > 0 ? 1 : 0;
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
            term *= x * x / (2 * n + 1);
            sum += term;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    private double[][] attention(double[][] qkv) {
        int width = hidden / dimensions.heads();
        double[][] out = new double[qkv.length][hidden];
        for (int head = 0; head < dimensions.heads(); head++) {
            for (int i = 0; i < qkv.length; i++) {
                double[] share = new double[qkv.length];
                double total = 0;
                for (int j = 0; j < qkv.length; j++) {
                    double score = relative.heads().length == 0 ? 0 : relative.heads()[head][j - i + POSITIONS - 1];
                    for (int k = head * width; k < (head + 1) * width; k++) {
                        score += qkv[i][k] * qkv[j][hidden + k];
                    }
                    share[j] = Math.exp(score);
                    total += share[j];
                }
                for (int j = 0; j < qkv.length; j++) {
                    for (int k = head * width; k < (head + 1) * width; k++) {
                        out[i][k] += share[j] / total * qkv[j][2 * hidden + k];
                    }
                }
            }
        }
        return out;
    }

    private double[][] linear(double[][] x, int at) {
        float[] weight = weights[at];
        float[] bias = weights[at + 1];
        int depth = weight.length / bias.length;
        double[][] y = new double[x.length][bias.length];
        for (int row = 0; row < x.length; row++) {
            for (int column = 0; column < bias.length; column++) {
                y[row][column] = bias[column];
                for (int k = 0; k < depth; k++) {
                    y[row][column] += x[row][k] * weight[column * depth + k];
                }
            }
        }
        return y;
    }

    private static void add(double[][] x, double[][] other) {
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x[i].length; j++) {
                x[i][j] += other[i][j];
            }
        }
    }

    private void normalize(double[][] x, float[] weight, float[] bias) {
        for (double[] row : x) {
            double mean = 0;
            double squares = 0;
            for (double value : row) {
                mean += value / row.length;
            }
            for (double value : row) {
                squares += (value - mean) * (value - mean) / row.length;
            }
            for (int i = 0; i < row.length; i++) {
                row[i] = (row[i] - mean) / Math.sqrt(squares + dimensions.epsilon()) * weight[i] + bias[i];
            }
        }
    }

    private double[] pool(double[][] x, Reduction reduction) {
        double[] vector = new double[hidden];
        double norm = 0;
        for (int i = 0; i < hidden; i++) {
            int column = i;
            vector[i] = pool(
                    IntStream.range(0, x.length)
                            .mapToDouble(row -> x[row][column])
                            .toArray(),
                    reduction);
            norm += vector[i] * vector[i];
        }
        for (int i = 0; i < hidden; i++) {
            vector[i] /= Math.sqrt(norm);
        }
        return vector;
    }

    /** One dimension of all tokens. */
    private static double pool(double[] values, Reduction reduction) {
        int count = values.length;
        return switch (reduction) {
            case FIRST -> values[0];
            case LAST -> values[count - 1];
            case SUM -> DoubleStream.of(values).sum() / count;
            case WEIGHTED_SUM ->
                IntStream.range(0, count).mapToDouble(i -> (i + 1) * values[i]).sum() / (count * (count + 1) / 2.0);
            case MAXIMUM -> DoubleStream.of(values).max().orElseThrow();
        };
    }

    private static float[] values(SplittableRandom random, int count, double spread) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (spread * random.nextDouble(-1, 1));
        }
        return values;
    }
}
