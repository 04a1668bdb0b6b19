package dev.millrace.embedding.objective.loss;

import ai.djl.ndarray.types.Shape;
import dev.millrace.embedding.files.Safetensors;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * A small tensor of an objective's own. It learns with the encoder's weights, is kept in the training state, and is never
 * published.
 *
 * @param name in the training state
 * @param shape sizes by dimension; a vector does not decay
 * @param initial what it begins as, row by row
 * @param greatest what each of its numbers is cut to after every step
 */
public record Parameter(String name, Shape shape, float[] initial, double greatest) {
    /** Checks that there are as many numbers as the shape says. */
    public Parameter {
        if (shape.size() != initial.length) {
            throw new IllegalArgumentException(name + " is " + shape + ", not of " + initial.length + " numbers");
        }
    }

    /** One number, at most {@code greatest}. */
    public static Parameter number(String name, double initial, double greatest) {
        return new Parameter(name, new Shape(1), new float[] {(float) initial}, greatest);
    }

    /** A vector that begins as zeros. */
    public static Parameter zeros(String name, int size) {
        return new Parameter(name, new Shape(size), new float[size], Double.POSITIVE_INFINITY);
    }

    /** One that begins as a tensor of a model's folder. */
    public static Parameter of(String name, Safetensors.Tensor tensor) {
        Shape shape = new Shape(tensor.shape());
        float[] values = new float[Math.toIntExact(shape.size())];
        tensor.values()
                .duplicate()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return new Parameter(name, shape, values, Double.POSITIVE_INFINITY);
    }

    /** A matrix that is drawn as PyTorch's {@code Linear}: uniform, up to one by the root of its columns; by its name the same. */
    public static Parameter drawn(String name, int rows, int columns) {
        double most = 1 / Math.sqrt(columns);
        SplittableRandom random = new SplittableRandom(name.hashCode());
        float[] values = new float[Math.multiplyExact(rows, columns)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-most, most);
        }
        return new Parameter(name, new Shape(rows, columns), values, Double.POSITIVE_INFINITY);
    }
}
