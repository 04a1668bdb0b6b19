package dev.millrace.kernels;

import dev.millrace.kernels.activation.Activations;
import dev.millrace.kernels.activation.Dimensions;
import dev.millrace.kernels.activation.PackedActivations;
import dev.millrace.kernels.layer.Attention;
import dev.millrace.kernels.layer.Layer;
import dev.millrace.kernels.layer.LayerWeights;
import dev.millrace.kernels.product.WeightFormat;
import dev.millrace.kernels.quantized.QuantizedActivations;
import dev.millrace.kernels.threads.Crew;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The layers, and for each thread the values of a batch on their way through them.
 *
 * @param batches one a thread
 */
record Network<A extends Activations>(List<Layer<A>> layers, List<A> batches) {
    static Network<?> of(LayerWeights weights, Dimensions dimensions, Attention attention, int threads) {
        if (weights.format() instanceof WeightFormat.Int8 int8) {
            return new Network<QuantizedActivations>(
                    all(dimensions.layers(), layer -> weights.quantized(layer, dimensions, attention, int8.products())),
                    all(threads, thread -> new QuantizedActivations(dimensions, thread)));
        }
        return new Network<PackedActivations>(
                all(dimensions.layers(), layer -> weights.floats(layer, dimensions, attention)),
                all(threads, thread -> new PackedActivations(dimensions)));
    }

    private static <T> List<T> all(int count, IntFunction<? extends T> each) {
        return IntStream.range(0, count).<T>mapToObj(each::apply).toList();
    }

    Activations batch(int worker) {
        return batches.get(worker);
    }

    /** Sends the worker's batch through the layers. */
    void forward(int worker, Crew crew) {
        for (Layer<A> layer : layers) {
            layer.forward(batches.get(worker), crew);
        }
    }
}
