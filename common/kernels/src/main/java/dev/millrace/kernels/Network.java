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
 * @param lower of the layers, the one that is given what the top layer's values are averaged with; none of them where it is -1
 */
record Network<A extends Activations>(List<Layer<A>> layers, List<A> batches, int lower) {
    static Network<?> of(
            LayerWeights weights, Dimensions dimensions, Attention attention, EncoderKernels.Settings settings) {
        int threads = settings.threads();
        int lower = settings.lower().orElse(-1);
        if (weights.format() instanceof WeightFormat.Int8 int8) {
            return new Network<QuantizedActivations>(
                    all(dimensions.layers(), layer -> weights.quantized(layer, dimensions, attention, int8.products())),
                    all(threads, thread -> new QuantizedActivations(dimensions, thread)),
                    lower);
        }
        return new Network<PackedActivations>(
                all(dimensions.layers(), layer -> weights.floats(layer, dimensions, attention)),
                all(threads, thread -> new PackedActivations(dimensions)),
                lower);
    }

    private static <T> List<T> all(int count, IntFunction<? extends T> each) {
        return IntStream.range(0, count).<T>mapToObj(each::apply).toList();
    }

    Activations batch(int worker) {
        return batches.get(worker);
    }

    /** Sends the worker's batch through the layers. */
    void forward(int worker, Crew crew) {
        A batch = batches.get(worker);
        float[] kept = {};
        for (int layer = 0; layer < layers.size(); layer++) {
            if (layer == lower) {
                kept = batch.copy();
            }
            layers.get(layer).forward(batch, crew);
        }
        batch.average(kept);
    }
}
