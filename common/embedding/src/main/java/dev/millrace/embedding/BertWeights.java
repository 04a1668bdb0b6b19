package dev.millrace.embedding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The order in which {@code encoder.ts} takes a BERT encoder's parameters, and how files name them. */
final class BertWeights {
    private static final List<String> EMBEDDINGS = List.of(
            "embeddings.word_embeddings.weight",
            "embeddings.position_embeddings.weight",
            "embeddings.token_type_embeddings.weight",
            "embeddings.LayerNorm.weight",
            "embeddings.LayerNorm.bias");
    private static final List<String> LAYER = List.of(
            "attention.self.query",
            "attention.self.key",
            "attention.self.value",
            "attention.output.dense",
            "attention.output.LayerNorm",
            "intermediate.dense",
            "output.dense",
            "output.LayerNorm");

    private BertWeights() {}

    /** Parameter names without a prefix, in the order of the script's {@code w}: 5 + 16 per layer. */
    static List<String> names(int layers) {
        List<String> names = new ArrayList<>(EMBEDDINGS);
        for (int layer = 0; layer < layers; layer++) {
            for (String part : LAYER) {
                names.add("encoder.layer." + layer + "." + part + ".weight");
                names.add("encoder.layer." + layer + "." + part + ".bias");
            }
        }
        return names;
    }

    /** How many of the {@link #names} belong to the embeddings (depth 1) and the layers above them. */
    static int below(int depth) {
        return depth == 0 ? 0 : EMBEDDINGS.size() + 2 * LAYER.size() * (depth - 1);
    }

    /** The tensors under their names without a prefix. */
    static Map<String, Safetensors.Tensor> unprefixed(Map<String, Safetensors.Tensor> tensors) {
        int prefix = prefix(tensors).length();
        Map<String, Safetensors.Tensor> plain = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> plain.put(name.substring(Math.min(prefix, name.length())), tensor));
        return plain;
    }

    /** The prefix that this file's names carry: checkpoints of task models say {@code bert.embeddings...}. */
    static String prefix(Map<String, Safetensors.Tensor> tensors) {
        return tensors.containsKey("bert." + EMBEDDINGS.get(0)) ? "bert." : "";
    }

    /** Copies the parameters into native memory of the manager's device, in the script's order. */
    static NDList load(PtNDManager manager, Map<String, Safetensors.Tensor> tensors, int layers) {
        String prefix = prefix(tensors);
        NDList weights = new NDList();
        for (String name : names(layers)) {
            if (!tensors.containsKey(prefix + name)) {
                throw new UnsupportedModelException("model.safetensors: " + prefix + name + " is missing");
            }
            // DJL wraps a direct buffer without copying; these weights outlive the read-only mapped file.
            try (NDArray mapped = array(manager, tensors.get(prefix + name))) {
                weights.add(mapped.duplicate());
            }
        }
        return weights;
    }

    static NDArray array(PtNDManager manager, Safetensors.Tensor tensor) {
        ByteBuffer values = tensor.values().duplicate().order(ByteOrder.nativeOrder());
        return manager.create(values, new Shape(tensor.shape()), DataType.FLOAT32);
    }

    /** The arrays under their names. */
    static Map<String, Safetensors.Tensor> tensors(NDList arrays, List<String> names) {
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            tensors.put(names.get(i), tensor(arrays.get(i)));
        }
        return tensors;
    }

    static Safetensors.Tensor tensor(NDArray array) {
        return new Safetensors.Tensor(array.getShape().getShape(), array.toByteBuffer());
    }
}
