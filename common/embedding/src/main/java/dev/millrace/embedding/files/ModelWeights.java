package dev.millrace.embedding.files;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.model.plan.Weight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model's parameters: out of files, into native memory, and back. */
public final class ModelWeights {
    private ModelWeights() {}

    /**
     * The tensors of a folder under the names that transformers gives them today: files as old as BERT's own say LayerNorm.gamma and
     * LayerNorm.beta.
     */
    public static Map<String, Safetensors.Tensor> read(Path folder) {
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
        WeightFiles.read(ModelFolder.encoder(folder))
                .forEach((name, tensor) -> tensors.put(
                        name.replaceFirst("LayerNorm\\.gamma$", "LayerNorm.weight")
                                .replaceFirst("LayerNorm\\.beta$", "LayerNorm.bias"),
                        tensor));
        return tensors;
    }

    /**
     * What this file's names carry before the encoder's own: checkpoints of task models say {@code bert.embeddings...}, others
     * {@code model.} or what their author called it.
     */
    static String prefix(Map<String, Safetensors.Tensor> tensors, ModelConfig config) {
        String first = config.parameters().get(0);
        List<String> prefixes = tensors.keySet().stream()
                .filter(name -> name.equals(first) || name.endsWith("." + first))
                .map(name -> name.substring(0, name.length() - first.length()))
                .sorted(Comparator.comparingInt(String::length))
                .toList();
        if (prefixes.size() > 1 && !prefixes.get(0).isEmpty()) {
            throw new UnsupportedModelException(WeightFiles.ONE + ": " + prefixes.get(0) + first + " and "
                    + prefixes.get(1) + first + " are of two encoders; supported: one");
        }
        return prefixes.stream().findFirst().orElse("");
    }

    /** The published weights of a folder, see {@link #load}. */
    public static NDList of(PtNDManager manager, ModelFolder model) {
        return load(manager, read(model.folder()), model.config());
    }

    /** Copies the parameters into native memory of the manager's device, in the script's order. */
    public static NDList load(PtNDManager manager, Map<String, Safetensors.Tensor> tensors, ModelConfig config) {
        String prefix = prefix(tensors, config);
        NDList weights = new NDList();
        for (Weight weight : config.plan().weights()) {
            String name = prefix + weight.name();
            if (!tensors.containsKey(name)) {
                throw new UnsupportedModelException(WeightFiles.ONE + ": " + name + " is missing");
            }
            weight.require(tensors.get(name).shape());
            // DJL wraps a direct buffer without copying; these weights outlive the read-only mapped file.
            try (NDArray mapped = array(manager, tensors.get(name))) {
                weights.add(mapped.duplicate());
            }
        }
        return weights;
    }

    public static NDArray array(PtNDManager manager, Safetensors.Tensor tensor) {
        ByteBuffer values = tensor.values().duplicate().order(ByteOrder.nativeOrder());
        return manager.create(values, new Shape(tensor.shape()), DataType.FLOAT32);
    }

    /** Copies of the arrays under their names. */
    public static Map<String, Safetensors.Tensor> tensors(PtNDManager copies, NDList arrays, List<String> names) {
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            tensors.put(names.get(i), tensor(copies, arrays.get(i)));
        }
        return tensors;
    }

    /** A copy in main memory, attached to {@code copies}; the tensor's values are that memory itself. */
    public static Safetensors.Tensor tensor(PtNDManager copies, NDArray array) {
        NDArray copy = array.getDevice().isGpu() ? array.toDevice(Device.cpu(), false) : array.duplicate();
        copy.attach(copies);
        return new Safetensors.Tensor(array.getShape().getShape(), copy.toByteBuffer(true));
    }
}
