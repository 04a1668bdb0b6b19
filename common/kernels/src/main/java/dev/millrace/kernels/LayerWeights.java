package dev.millrace.kernels;

import java.util.function.IntFunction;

/**
 * One layer's weights among all, layer after layer: query (scaled), key and value as one matrix and their bias, the attention's output
 * and its bias, LayerNorm's weight and bias; the same from the feed-forward network's first matrix on, which has two.
 */
record LayerWeights(IntFunction<float[]> all, int layer, WeightFormat format) {
    static final int ARRAYS = 12;

    Layer layer(Dimensions dimensions, Attention attention) {
        return new Layer(
                dimensions,
                new Layer.Attending(panels(0), attention, panels(2), dimensions.norm(array(4), array(5))),
                new Layer.Feeding(panels(6), panels(8), dimensions.norm(array(10), array(11))));
    }

    private Panels panels(int index) {
        return Panels.of(array(index), array(index + 1), format);
    }

    private float[] array(int index) {
        return all.apply(layer * ARRAYS + index);
    }
}
