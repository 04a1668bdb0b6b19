package dev.millrace.embedding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * AdamW with its moments and an exponential average of the weights, in place on native arrays; everything saves and
 * restores to the byte.
 */
final class AdamW implements AutoCloseable {
    private final PtNDManager manager;
    private final TorchModule module;
    private final NDList weights;
    private final List<String> names;
    private final NDList first = new NDList();
    private final NDList second = new NDList();
    private final NDList counters = new NDList();
    private final NDList average = new NDList();
    private long steps;

    AdamW(PtNDManager manager, NDList weights, List<String> names) {
        this.manager = manager;
        this.weights = weights;
        this.names = names;
        module = new TorchModule(
                manager, TorchScriptArchive.ofResource("Optimizer", "optimizer.ts", Map.of("training", true)));
        for (NDArray weight : weights) {
            first.add(weight.zerosLike());
            second.add(weight.zerosLike());
            counters.add(manager.zeros(new Shape()));
            average.add(weight.duplicate());
        }
    }

    NDList average() {
        return average;
    }

    long steps() {
        return steps;
    }

    /** Scales the gradients to at most {@code limit}; returns the norm before. */
    double clip(PtNDManager scope, NDList gradients, double limit) {
        NDList arguments = TorchModule.named("g[]", gradients);
        arguments.add(scope.create(new float[] {(float) limit}));
        return module.call("clip", false, scope, arguments).getFloat();
    }

    void apply(PtNDManager scope, NDList gradients, StepSettings settings) {
        update(scope, gradients, this::decays, settings.learningRate(), settings.weightDecay());
        update(scope, gradients, i -> !decays(i), settings.learningRate(), 0);
        steps++;
        // Short at the start, so that the average is not held back by the weights it began with.
        double decay = Math.min(settings.averageDecay(), (1.0 + steps) / (10.0 + steps));
        NDList arguments = TorchModule.named("e[]", average);
        arguments.addAll(TorchModule.named("w[]", weights));
        arguments.add(scope.create(new float[] {(float) (1 - decay)}));
        module.call("average", false, scope, arguments);
    }

    private boolean decays(int index) {
        String name = names.get(index);
        return !name.endsWith(".bias") && !name.contains("LayerNorm");
    }

    private void update(PtNDManager scope, NDList gradients, IntPredicate chosen, double rate, double decay) {
        NDList arguments = new NDList();
        arguments.addAll(select("w[]", weights, chosen));
        arguments.addAll(select("g[]", gradients, chosen));
        arguments.addAll(select("m[]", first, chosen));
        arguments.addAll(select("v[]", second, chosen));
        arguments.addAll(select("t[]", counters, chosen));
        arguments.add(scope.create(new float[] {(float) rate, (float) decay}));
        module.call("adamw", false, scope, arguments);
    }

    private static NDList select(String name, NDList arrays, IntPredicate chosen) {
        return TorchModule.named(
                name,
                IntStream.range(0, arrays.size())
                        .filter(chosen)
                        .mapToObj(arrays::get)
                        .toList());
    }

    /** The moments as named tensors. */
    Map<String, Safetensors.Tensor> moments() {
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            tensors.put("first." + names.get(i), BertWeights.tensor(first.get(i)));
            tensors.put("second." + names.get(i), BertWeights.tensor(second.get(i)));
        }
        return tensors;
    }

    /**
     * Takes over saved moments, the average and the number of steps. A weight without saved moments was frozen until now; it
     * begins anew.
     */
    void restore(Map<String, Safetensors.Tensor> moments, NDList averaged, long stepsDone) {
        for (int i = 0; i < names.size(); i++) {
            averaged.get(i).copyTo(average.get(i));
            if (moments.containsKey("first." + names.get(i))) {
                copy(moments.get("first." + names.get(i)), first.get(i));
                copy(moments.get("second." + names.get(i)), second.get(i));
                try (NDArray count = manager.create((float) stepsDone)) {
                    count.copyTo(counters.get(i));
                }
            }
        }
        steps = stepsDone;
    }

    private void copy(Safetensors.Tensor from, NDArray to) {
        try (NDArray values = BertWeights.array(manager, from)) {
            values.copyTo(to);
        }
    }

    @Override
    public void close() {
        module.close();
    }
}
