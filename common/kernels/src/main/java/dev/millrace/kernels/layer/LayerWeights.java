package dev.millrace.kernels.layer;

import dev.millrace.kernels.activation.Dimensions;
import dev.millrace.kernels.activation.LayerNorm;
import dev.millrace.kernels.product.IntegerProducts;
import dev.millrace.kernels.product.Panels;
import dev.millrace.kernels.product.WeightFormat;
import dev.millrace.kernels.quantized.QuantizedLinear;
import java.util.function.IntFunction;

/**
 * All weights, layer after layer: query (scaled), key and value as one matrix and their bias, the attention's output
 * and its bias, LayerNorm's weight and bias; the same from the feed-forward network's first matrix on, which has two.
 */
public record LayerWeights(IntFunction<float[]> all, WeightFormat format) {
    static final int ARRAYS = 12;

    public FloatLayer floats(int layer, Dimensions dimensions, Attention attention) {
        return new FloatLayer(
                dimensions,
                new FloatLayer.Attending(panels(layer, 0), attention, panels(layer, 2), norm(layer, 4, dimensions)),
                new FloatLayer.Feeding(panels(layer, 6), panels(layer, 8), norm(layer, 10, dimensions)));
    }

    public QuantizedLayer quantized(int layer, Dimensions dimensions, Attention attention, IntegerProducts products) {
        return new QuantizedLayer(
                dimensions,
                new QuantizedLayer.Attending(
                        quantized(layer, 0, products),
                        attention,
                        quantized(layer, 2, products),
                        norm(layer, 4, dimensions)),
                new QuantizedLayer.Feeding(
                        quantized(layer, 6, products), quantized(layer, 8, products), norm(layer, 10, dimensions)));
    }

    private Panels panels(int layer, int index) {
        return Panels.of(array(layer, index), array(layer, index + 1), format);
    }

    private QuantizedLinear quantized(int layer, int index, IntegerProducts products) {
        return new QuantizedLinear(array(layer, index), array(layer, index + 1), products);
    }

    private LayerNorm norm(int layer, int index, Dimensions dimensions) {
        return dimensions.norm(array(layer, index), array(layer, index + 1));
    }

    private float[] array(int layer, int index) {
        return all.apply(layer * ARRAYS + index);
    }
}
