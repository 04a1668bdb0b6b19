package dev.millrace.kernels.quantized;

import dev.millrace.kernels.activation.Dimensions;
import dev.millrace.kernels.vector.Shapes;
import java.nio.IntBuffer;

/** A product of whole numbers, its columns in as many parts as threads worked on it. */
final class Sums {
    private final int firstLane;
    private IntBuffer[] parts = new IntBuffer[0];
    private int columns;
    private int share;

    /** @param firstLane of those that this product's parts are computed on */
    Sums(int firstLane) {
        this.firstLane = firstLane;
    }

    void begin(int columns, int parts) {
        this.columns = columns;
        share = Shapes.roundUp((columns + parts - 1) / parts, Dimensions.MULTIPLE);
        this.parts = new IntBuffer[(columns + share - 1) / share];
    }

    int parts() {
        return parts.length;
    }

    int lane(int part) {
        return firstLane + part;
    }

    int from(int part) {
        return part * share;
    }

    int end(int part) {
        return Math.min(columns, from(part) + share);
    }

    void take(int part, IntBuffer products) {
        parts[part] = products;
    }

    /** One row, all its columns. */
    void row(int row, int[] to) {
        for (int part = 0; part < parts.length; part++) {
            int width = end(part) - from(part);
            parts[part].get(row * width, to, from(part), width);
        }
    }
}
