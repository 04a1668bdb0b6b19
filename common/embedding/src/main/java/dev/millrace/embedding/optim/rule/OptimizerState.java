package dev.millrace.embedding.optim.rule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.optim.compact.SavedNumbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an update rule keeps for each weight between steps: native arrays that begin as zeros, named part and weight, and a
 * counter of the weight's steps. Saves and restores to the byte.
 */
public final class OptimizerState {
    static final String STEPS = "steps";

    private final PtNDManager manager;
    private final LearnedWeights weights;
    private final List<Map<String, NDArray>> parts = new ArrayList<>();

    OptimizerState(PtNDManager manager, LearnedWeights weights) {
        this.manager = manager;
        this.weights = weights;
        for (int i = 0; i < weights.names().size(); i++) {
            parts.add(new LinkedHashMap<>(Map.of(STEPS, manager.zeros(new Shape()))));
        }
    }

    void add(String part, int weight, Shape shape) {
        parts.get(weight).put(part, manager.zeros(shape));
    }

    /** One part of the chosen weights, in their order. */
    NDList of(String part, List<Integer> chosen) {
        NDList arrays = new NDList();
        chosen.forEach(i -> arrays.add(parts.get(i).get(part)));
        return arrays;
    }

    public Map<String, Safetensors.Tensor> tensors(PtNDManager copies) {
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            arrays(i).forEach((name, array) -> tensors.put(name, ModelWeights.tensor(copies, array)));
        }
        return tensors;
    }

    /** The arrays themselves, as of the weight with this index, each named part and weight. */
    public Map<String, NDArray> arrays(int weight) {
        Map<String, NDArray> named = new LinkedHashMap<>();
        parts.get(weight).forEach((part, array) -> named.put(name(part, weight), array));
        return named;
    }

    private String name(String part, int weight) {
        return part + "." + weights.names().get(weight);
    }

    /** Takes over what was saved. A weight with nothing saved was frozen until now, or another rule's; it begins anew. */
    public void restore(SavedNumbers saved) {
        for (int i = 0; i < parts.size(); i++) {
            Map<String, NDArray> own = arrays(i);
            if (own.keySet().stream().allMatch(saved::has)) {
                own.forEach(saved::fill);
            }
        }
    }
}
