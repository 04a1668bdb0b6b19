package dev.millrace.embedding.optim;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.optim.compact.BrainFloats;
import dev.millrace.embedding.optim.compact.SavedNumbers;
import dev.millrace.embedding.optim.compact.Settling;
import dev.millrace.embedding.optim.rule.Gradients;
import dev.millrace.embedding.optim.rule.LearnedWeights;
import dev.millrace.embedding.optim.rule.Optimizer;
import dev.millrace.embedding.optim.rule.UpdateRule;
import dev.millrace.embedding.torch.TorchModule;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happens to the weights in a step: the gradient is clipped, they are drawn to what they are held to, the optimizer moves
 * them, their average follows.
 */
public final class WeightUpdate implements AutoCloseable {
    private static final Logger LOG = System.getLogger(WeightUpdate.class.getName());

    private final PtNDManager manager;
    private final LearnedWeights weights;
    private final Storage storage;
    private final Optimizer optimizer;
    private final UpdateRule rule;
    private final GradientClipping clipping;
    private final WeightAverage average;
    private final Optional<BaseWeights> base;
    private Optional<Held> held = Optional.empty();
    private long steps;

    /** Moves these weights; {@code manager} is to own what is kept besides. */
    public WeightUpdate(PtNDManager manager, LearnedWeights weights, Optimization optimization, Storage storage) {
        this.manager = manager;
        this.weights = weights;
        this.storage = storage;
        optimizer = optimization.optimizer();
        rule = optimizer.rule(manager, weights);
        clipping = new GradientClipping(manager);
        average = new WeightAverage(manager, encoders());
        base = Optional.of(optimization.anchoring())
                .filter(Anchoring::keepsBase)
                .map(anchoring -> new BaseWeights(manager, encoders(), anchoring));
    }

    /** Those that are published, which an objective's own are not. */
    private NDList encoders() {
        return weights.arrays().subNDList(0, weights.averaged());
    }

    private List<String> encodersNames() {
        return weights.names().subList(0, weights.averaged());
    }

    public NDList average() {
        return average.arrays();
    }

    /**
     * What is served: the average, with the base in it where that has a share, and as it is stored. What is not the average itself
     * lies in {@code scope}.
     */
    public NDList published(PtNDManager scope) {
        NDList merged =
                base.map(anchor -> anchor.merged(scope, average.arrays())).orElse(average.arrays());
        return storage == Storage.COMPACT ? average.rounded(scope, merged) : merged;
    }

    public long steps() {
        return steps;
    }

    /**
     * One step; returns the gradient's norm before clipping.
     *
     * @throws NonFiniteStepException when the norm is not finite; the weights are then unchanged
     */
    public double apply(PtNDManager scope, Gradients gradients, StepSettings settings) {
        double norm = clipping.clip(scope, gradients, settings.clipNorm());
        if (!Double.isFinite(norm)) {
            throw new NonFiniteStepException("the gradient's norm is " + norm);
        }
        base.ifPresent(anchor -> anchor.pull(scope, settings.learningRate()));
        held.ifPresent(anchor -> anchor.importance().hold(scope, settings.learningRate() * anchor.strength()));
        rule.update(scope, gradients, settings.learningRate(), settings.weightDecay());
        steps++;
        average.update(scope, steps, settings.averageDecay());
        return norm;
    }

    /** The learned weights and all that is needed to go on from here, copied into {@code copies}. */
    public TrainingState.Content state(PtNDManager copies) {
        return new TrainingState.Content(
                ModelWeights.tensors(copies, weights.arrays(), weights.names()),
                new TrainingState.Progress(optimizer.key(), steps),
                rule.state().tensors(copies),
                base.map(anchor -> ModelWeights.tensors(copies, anchor.arrays(), encodersNames()))
                        .orElse(Map.of()),
                isPublishedAsItIs() ? Map.of() : ModelWeights.tensors(copies, average.arrays(), encodersNames()));
    }

    private boolean isPublishedAsItIs() {
        return storage == Storage.FULL && base.filter(BaseWeights::merges).isEmpty();
    }

    /**
     * Rounds weights, average and moments to what a version says of them, and goes on from there; what it says is copied into
     * {@code copies}.
     */
    public TrainingState.Parts settle(PtNDManager copies) {
        Settling settling = new Settling(copies, steps);
        for (int i = 0; i < weights.names().size(); i++) {
            String name = weights.names().get(i);
            if (i < weights.averaged() && weights.isMatrix(i)) {
                settling.weight(
                        i, name, weights.arrays().get(i), average.arrays().get(i));
            } else {
                settling.exact(name, weights.arrays().get(i));
            }
            int index = i;
            rule.state()
                    .arrays(i)
                    .forEach((moment, array) -> settling.moment(index, moment, array, weights.isMatrix(index)));
        }
        settling.run();
        return new TrainingState.Parts(
                new TrainingState.Progress(optimizer.key(), steps),
                settling.trained(),
                settling.moments(),
                Safetensors.stored(base.map(anchor -> ModelWeights.tensors(copies, anchor.arrays(), encodersNames()))
                        .orElse(Map.of())),
                base.filter(BaseWeights::merges).map(anchor -> halves(copies)).orElse(Map.of()),
                settling.low());
    }

    private Map<String, Safetensors.Stored> halves(PtNDManager copies) {
        try (PtNDManager rounding = TorchModule.scope(manager)) {
            return BrainFloats.stored(copies, average.rounded(rounding, average.arrays()), encodersNames());
        }
    }

    /** Goes on from a saved state; where that is not about these weights, only its steps count on. */
    public void goOn(TrainingState from, boolean ofThese) {
        steps = from.progress().steps();
        if (ofThese) {
            restore(from);
        }
    }

    /**
     * Goes on from a saved state, with weights and average as they were published until now: that is the average where no other
     * is saved, and the base where none is, to which the weights are held from here on. Another optimizer's moments are of no use
     * and left.
     */
    private void restore(TrainingState from) {
        TrainingState.Progress progress = from.progress();
        fill(average.arrays(), from.averaged());
        fill(average.arrays(), from.averagedLow());
        for (int i = 0; i < weights.averaged(); i++) {
            average.arrays().get(i).copyTo(weights.arrays().get(i));
        }
        fill(weights.arrays(), from.trained());
        base.ifPresent(anchor -> fill(anchor.arrays(), from.base()));
        if (progress.optimizer().equals(optimizer.key())) {
            rule.state().restore(from.moments());
        } else {
            LOG.log(
                    Level.WARNING,
                    "The weights were trained by {0} until now; {1} goes on from them after {2} steps and begins with fresh moments.",
                    progress.optimizer(),
                    optimizer.key(),
                    Long.toString(steps));
        }
    }

    /** With what is saved of each weight, which may have been frozen then. */
    private void fill(NDList target, SavedNumbers saved) {
        for (int i = 0; i < target.size(); i++) {
            String name = weights.names().get(i);
            if (saved.has(name)) {
                saved.fill(name, target.get(i));
            }
        }
    }

    /**
     * Goes on from other weights and their average after so many steps, with the moments that there are.
     *
     * @throws IllegalArgumentException naming a weight that is missing or of another shape; nothing is changed then
     */
    public void goOnFrom(
            Map<String, Safetensors.Tensor> trained, Map<String, Safetensors.Tensor> averaged, long taken) {
        require(weights.arrays(), trained);
        require(average.arrays(), averaged);
        fill(weights.arrays(), new SavedNumbers(Safetensors.stored(trained)));
        fill(average.arrays(), new SavedNumbers(Safetensors.stored(averaged)));
        steps = taken;
    }

    private void require(NDList target, Map<String, Safetensors.Tensor> given) {
        for (int i = 0; i < target.size(); i++) {
            String name = weights.names().get(i);
            long[] shape = target.get(i).getShape().getShape();
            Optional<Safetensors.Tensor> tensor = Optional.ofNullable(given.get(name));
            if (tensor.filter(found -> Arrays.equals(found.shape(), shape)).isEmpty()) {
                throw new IllegalArgumentException("a weight " + name + " of shape " + Arrays.toString(shape)
                        + " is wanted, and there is "
                        + tensor.map(found -> Arrays.toString(found.shape())).orElse("none"));
            }
        }
    }

    /** Begins to find the weights' importance for what is to be kept; to be closed by the caller. */
    public WeightImportance importance() {
        return new WeightImportance(manager, encoders());
    }

    /** What the weights are held by in steps from now on; empty: nothing. */
    public void hold(Optional<Held> by) {
        held = by;
    }

    /**
     * What weights are held by: a step takes each back to where it was when the importance was begun, by its learning rate times
     * strength times importance, at most all the way.
     *
     * @param importance {@linkplain WeightImportance#normalize normalized}
     * @param strength above 0
     */
    public record Held(WeightImportance importance, double strength) {}

    @Override
    public void close() {
        rule.close();
        clipping.close();
        average.close();
        base.ifPresent(BaseWeights::close);
    }
}
