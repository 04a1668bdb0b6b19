package dev.millrace.embedding.train.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.network.DropoutBytes;
import dev.millrace.embedding.objective.loss.TokenLosses.Leaves;
import dev.millrace.embedding.text.Cutoff;
import dev.millrace.embedding.text.MicroBatches;
import dev.millrace.embedding.text.PackedBatch;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.torch.TorchModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;

/**
 * One device's part in a step: some of the micro-batches, and leaves of its own that receive their gradient. Its last
 * micro-batch keeps its graph from the way forward, so that a batch that fits in one is encoded once.
 */
public final class DeviceShare implements AutoCloseable {
    private final Replica replica;
    private final PtNDManager scope;
    private final Weights leaves;
    private final boolean checkpointing;
    private Optional<ForwardPass> kept = Optional.empty();
    private boolean worked;

    DeviceShare(Replica replica, PtNDManager scope, Weights leaves, boolean checkpointing) {
        this.replica = replica;
        this.scope = scope;
        this.leaves = leaves;
        this.checkpointing = checkpointing;
    }

    /** What the step makes on this device goes with it. */
    public PtNDManager scope() {
        return scope;
    }

    /** A micro-batch as this device wants it; {@code seed} is the step's. */
    public MicroBatch pack(MicroBatches micro, int index, List<Tokens> texts, long seed) {
        int[] bound = micro.bounds().get(index);
        List<Tokens> here = micro.texts(texts, bound);
        ModelConfig config = replica.graph().model().config();
        PackedBatch packed = PackedBatch.of(here, config, replica.options().onCpu());
        return new MicroBatch(
                packed, Cutoff.kept(here, config.hidden()), bound[0], bound[1], DropoutBytes.seed(seed, index));
    }

    /** [n, d] unit vectors of each micro-batch. */
    List<PtNDArray> encode(List<MicroBatch> micros) {
        List<PtNDArray> vectors = new ArrayList<>();
        for (int i = 0; i < micros.size() - 1; i++) {
            vectors.add(stages(micros.get(i)).whole(scope, false));
        }
        kept = micros.stream().skip(Math.max(0, micros.size() - 1)).findFirst().map(last -> forward(last, scope));
        kept.ifPresent(last -> vectors.add(last.output()));
        return vectors;
    }

    /** Adds the weights' gradient to the leaves, given that of all vectors of the batch [u, d], on any device. */
    void push(List<MicroBatch> micros, NDArray gradient) {
        worked |= !micros.isEmpty();
        for (int i = micros.size() - 1; i >= 0; i--) {
            MicroBatch micro = micros.get(i);
            try (PtNDManager part = TorchModule.scope(scope)) {
                ForwardPass pass = i == micros.size() - 1 ? kept.orElseThrow() : forward(micro, part);
                NDArray rows = gradient.get(micro.from() + ":" + micro.to());
                rows.attach(part);
                NDArray here = rows.toDevice(scope.getDevice(), false);
                here.attach(part);
                pass.backward(here);
            }
        }
    }

    private ForwardPass forward(MicroBatch micro, PtNDManager owner) {
        return checkpointing
                ? new LayerCheckpoints(stages(micro), owner, true)
                : new ForwardPass.Whole(stages(micro).whole(owner, true));
    }

    private ForwardPass tokens(MicroBatch micro, PtNDManager owner) {
        return checkpointing
                ? new LayerCheckpoints(stages(micro), owner, false)
                : new ForwardPass.Whole(stages(micro).tokens(owner, true));
    }

    /**
     * Encodes a micro-batch to the states of its tokens and adds the weights' gradient to the leaves.
     *
     * @param loss of the states, a leaf, to which it adds their gradient
     */
    public double learn(MicroBatch micro, ToDoubleBiFunction<PtNDManager, Leaves> loss) {
        worked = true;
        try (PtNDManager part = TorchModule.scope(scope)) {
            ForwardPass pass = tokens(micro, part);
            // A copy, since libtorch does not differentiate what was computed in inference mode.
            NDArray states = pass.output().duplicate();
            states.attach(part);
            states.setRequiresGradient(true);
            double found =
                    loss.applyAsDouble(part, new Leaves(states, leaves.arrays().get(0), parameters()));
            NDArray gradient = states.getGradient();
            gradient.attach(part);
            pass.backward(gradient);
            return found;
        }
    }

    /** Whether it had a part in the step, and so has gradients. */
    boolean worked() {
        return worked;
    }

    /** The computation of a micro-batch on its leaves. */
    public TrainingStages stages(MicroBatch micro) {
        return new TrainingStages(
                replica.graph(), leaves.encoder(), micro, replica.options().route());
    }

    /** The objective's own parameters by name: leaves, as the encoder's weights are. */
    public Map<String, NDArray> parameters() {
        return leaves.parameters();
    }

    /** The gradient of every leaf that learns. */
    public NDList gradients() {
        NDList gradients = new NDList();
        for (NDArray leaf : leaves.arrays()) {
            if (leaf.hasGradient()) {
                NDArray gradient = ((PtNDArray) leaf).getGradient();
                gradient.attach(scope);
                gradients.add(gradient);
            }
        }
        return gradients;
    }

    @Override
    public void close() {
        scope.close();
    }
}
