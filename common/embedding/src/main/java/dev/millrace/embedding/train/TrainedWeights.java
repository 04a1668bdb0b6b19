package dev.millrace.embedding.train;

import dev.millrace.embedding.files.Safetensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What of an encoder trainers have in common from round to round (DiLoCo: Douillard et al. 2023): the weights that learn, their
 * average, and how many steps are in them. Moments, a queue and whatever else comes of a trainer's own pairs stay its own.
 *
 * @param tensors fp32, by name: the weights that learn, an objective's own included, and under {@code average.NAME} those of the
 *     encoder as they are averaged, without a base that is merged into what is published
 * @param steps optimizer steps in the lineage of these weights, 0 and above
 */
public record TrainedWeights(Map<String, Safetensors.Tensor> tensors, long steps) {
    private static final String AVERAGE = "average.";

    /** Keeps the order of the tensors; refuses negative steps. */
    public TrainedWeights {
        if (steps < 0) {
            throw new IllegalArgumentException("steps must not be negative, but are " + steps);
        }
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /** The same in memory of its own, which outlives the snapshot that it is of. */
    public TrainedWeights copy() {
        Map<String, Safetensors.Tensor> copies = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> copies.put(name, copy(tensor)));
        return new TrainedWeights(copies, steps);
    }

    private static Safetensors.Tensor copy(Safetensors.Tensor tensor) {
        ByteBuffer values = tensor.values().duplicate().rewind();
        ByteBuffer copy = ByteBuffer.allocateDirect(values.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        return new Safetensors.Tensor(tensor.shape(), copy.put(values).flip());
    }

    static TrainedWeights of(
            Map<String, Safetensors.Tensor> trained, Map<String, Safetensors.Tensor> averaged, long steps) {
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>(trained);
        averaged.forEach((name, tensor) -> tensors.put(AVERAGE + name, tensor));
        return new TrainedWeights(tensors, steps);
    }

    Map<String, Safetensors.Tensor> trained() {
        Map<String, Safetensors.Tensor> trained = new LinkedHashMap<>(tensors);
        trained.keySet().removeIf(name -> name.startsWith(AVERAGE));
        return trained;
    }

    Map<String, Safetensors.Tensor> averaged() {
        Map<String, Safetensors.Tensor> averaged = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(AVERAGE)) {
                averaged.put(name.substring(AVERAGE.length()), tensor);
            }
        });
        return averaged;
    }
}
