package dev.millrace.embedding.train.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.objective.loss.Parameter;
import dev.millrace.embedding.torch.Scalars;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that learns, or might: masters, copies of them on another device, or leaves of a graph.
 *
 * @param arrays the encoder's in the script's order, behind them the objective's own
 * @param own what the objective's own are
 */
public record Weights(NDList arrays, List<Parameter> own) {

    /** The encoder's with an objective's: as they were saved, or where nothing of a name and shape was, as they begin. */
    public static Weights of(
            PtNDManager manager, NDList encoder, List<Parameter> own, Map<String, Safetensors.Tensor> saved) {
        NDList arrays = new NDList(encoder);
        own.forEach(parameter -> arrays.add(array(manager, parameter, saved)));
        return new Weights(arrays, own);
    }

    private static NDArray array(PtNDManager manager, Parameter parameter, Map<String, Safetensors.Tensor> saved) {
        Safetensors.Tensor found = saved.get(parameter.name());
        if (found == null || !Arrays.equals(found.shape(), parameter.shape().getShape())) {
            return manager.create(parameter.initial(), parameter.shape());
        }
        try (NDArray mapped = ModelWeights.array(manager, found)) {
            return mapped.duplicate();
        }
    }

    /** The encoder's. */
    public NDList encoder() {
        return arrays.subNDList(0, arrays.size() - own.size());
    }

    /** The objective's own by name. */
    public Map<String, NDArray> parameters() {
        Map<String, NDArray> byName = new LinkedHashMap<>();
        for (int i = 0; i < own.size(); i++) {
            byName.put(own.get(i).name(), arrays.get(arrays.size() - own.size() + i));
        }
        return byName;
    }

    /** Cuts the objective's own to what they may be at most. */
    public void bound() {
        Map<String, NDArray> byName = parameters();
        for (Parameter parameter : own) {
            if (parameter.greatest() < Double.POSITIVE_INFINITY) {
                NDArray values = byName.get(parameter.name());
                try (NDArray greatest = values.getManager().create((float) parameter.greatest());
                        NDArray cut = NDArrays.minimum(values, greatest)) {
                    cut.copyTo(values);
                }
            }
        }
    }

    /** Gives the objective's own a gradient of zeros, of leaves: a batch may be of no use to what they belong to. */
    void zeroGradients(PtNDManager scope) {
        for (NDArray leaf : parameters().values()) {
            try (PtNDManager part = (PtNDManager) scope.newSubManager()) {
                JniUtils.setGradMode(true);
                NDArray nothing = Scalars.times(leaf, 0);
                nothing.attach(part);
                JniUtils.backward((PtNDArray) nothing, (PtNDArray) nothing.zerosLike(), false, false);
            } finally {
                JniUtils.setGradMode(false);
            }
        }
    }
}
