package dev.millrace.embedding.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.millrace.embedding.optim.compact.BrainFloats;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.torch.TorchScriptArchive;
import java.util.Map;

/** An exponential average of weights over the steps (Polyak and Juditsky 1992); begins as the weights are. */
public final class WeightAverage implements AutoCloseable {
    private final TorchModule module;
    private final NDList weights;
    private final NDList average = new NDList();

    WeightAverage(PtNDManager manager, NDList weights) {
        this.weights = weights;
        module = new TorchModule(
                manager, TorchScriptArchive.ofResource("Average", "average.torchscript", Map.of("training", true)));
        for (NDArray weight : weights) {
            average.add(weight.duplicate());
        }
    }

    NDList arrays() {
        return average;
    }

    /**
     * Share of the old average that stays in a step, [0,1).
     *
     * @param steps optimizer steps so far, this one included
     * @param decay share that stays later on, [0,1)
     */
    public static double kept(long steps, double decay) {
        // Short at the start, so that the average is not held back by the weights it began with.
        return Math.min(decay, (1.0 + steps) / (10.0 + steps));
    }

    /**
     * Takes in the weights as they are now.
     *
     * @param steps optimizer steps so far, this one included
     * @param decay share of the old average that stays, [0,1)
     */
    void update(PtNDManager scope, long steps, double decay) {
        NDList arguments = TorchModule.named("e[]", average);
        arguments.addAll(TorchModule.named("w[]", weights));
        arguments.add(scope.create(new float[] {(float) (1 - kept(steps, decay))}));
        module.call("average", false, scope, arguments);
    }

    /** What is left of such arrays once they are published in {@linkplain BrainFloats half of their bytes}; it lies in {@code scope}. */
    NDList rounded(PtNDManager scope, NDList arrays) {
        NDList rounded = new NDList();
        for (NDArray array : arrays) {
            rounded.add(BrainFloats.has(array) ? module.infer("halved", scope, IValue.from((PtNDArray) array)) : array);
        }
        return rounded;
    }

    @Override
    public void close() {
        module.close();
    }
}
