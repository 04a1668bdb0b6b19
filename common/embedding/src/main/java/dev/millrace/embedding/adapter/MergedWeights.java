package dev.millrace.embedding.adapter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.files.Safetensors.Stored;
import dev.millrace.embedding.torch.TorchModule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights that a folder's model computes with: those of its files, with its adapter in them where it has one.
 *
 * @param arrays in the plan's order
 * @param changed those that the adapter is in, by name, in Java's memory
 */
public record MergedWeights(NDList arrays, Map<String, Stored> changed) {
    /**
     * Of this folder, on the manager's device.
     *
     * @throws dev.millrace.embedding.model.UnsupportedModelException naming the file, key or tensor that is wrong
     */
    public static MergedWeights of(PtNDManager manager, ModelFolder model) {
        NDList weights = arrays(manager, model);
        Map<String, Stored> changed = new LinkedHashMap<>();
        AdapterFolder adapter = AdapterFolder.of(model.folder());
        if (adapter.exists()) {
            List<String> names = model.config().parameters();
            for (int place : adapter.description(model.config()).places(model.config())) {
                changed.put(names.get(place), stored(weights.get(place)));
            }
        }
        return new MergedWeights(weights, changed);
    }

    /** The arrays alone. */
    public static NDList arrays(PtNDManager manager, ModelFolder model) {
        NDList weights = ModelWeights.of(manager, model);
        AdapterFolder adapter = AdapterFolder.of(model.folder());
        if (!adapter.exists()) {
            return weights;
        }
        AdapterDescription description = adapter.description(model.config());
        try (PtNDManager merging = TorchModule.scope(manager);
                AdapterModule module = new AdapterModule(merging, description)) {
            NDList numbers = new NDList();
            adapter.tensors(description, model.config())
                    .values()
                    .forEach(tensor -> numbers.add(ModelWeights.array(merging, tensor)));
            NDList targets = of(weights, description.places(model.config()));
            module.merge(merging, targets, targets, numbers);
        }
        return weights;
    }

    static NDList of(NDList weights, List<Integer> places) {
        NDList chosen = new NDList();
        places.forEach(place -> chosen.add(weights.get(place)));
        return chosen;
    }

    private static Stored stored(NDArray weight) {
        return new Stored("F32", weight.getShape().getShape(), weight.toByteBuffer(false));
    }
}
