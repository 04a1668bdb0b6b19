package dev.millrace.embedding.optim.rule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.files.Safetensors;
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
            String weight = weights.names().get(i);
            parts.get(i).forEach((part, array) -> tensors.put(part + "." + weight, ModelWeights.tensor(copies, array)));
        }
        return tensors;
    }

    /** Takes over what was saved. A weight with nothing saved was frozen until now, or another rule's; it begins anew. */
    public void restore(Map<String, Safetensors.Tensor> saved) {
        for (int i = 0; i < parts.size(); i++) {
            String weight = weights.names().get(i);
            Map<String, NDArray> own = parts.get(i);
            if (own.keySet().stream().allMatch(part -> saved.containsKey(part + "." + weight))) {
                own.forEach((part, array) -> copy(saved.get(part + "." + weight), array));
            }
        }
    }

    private void copy(Safetensors.Tensor from, NDArray to) {
        try (NDArray values = ModelWeights.array(manager, from)) {
            values.copyTo(to);
        }
    }
}
