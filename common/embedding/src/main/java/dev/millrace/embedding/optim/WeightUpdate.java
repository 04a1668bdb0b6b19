package dev.millrace.embedding.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.optim.rule.Gradients;
import dev.millrace.embedding.optim.rule.LearnedWeights;
import dev.millrace.embedding.optim.rule.Optimizer;
import dev.millrace.embedding.optim.rule.UpdateRule;
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
    private final Optimizer optimizer;
    private final UpdateRule rule;
    private final GradientClipping clipping;
    private final WeightAverage average;
    private final Optional<BaseWeights> base;
    private Optional<Held> held = Optional.empty();
    private long steps;

    /** Moves these weights; {@code manager} is to own what is kept besides. */
    public WeightUpdate(PtNDManager manager, LearnedWeights weights, Optimization optimization) {
        this.manager = manager;
        this.weights = weights;
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

    /** What is served: the average, with the base in it where that has a share; it lies in {@code scope} then. */
    public NDList published(PtNDManager scope) {
        return base.map(anchor -> anchor.merged(scope, average.arrays())).orElse(average.arrays());
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
                base.filter(BaseWeights::merges)
                        .map(anchor -> ModelWeights.tensors(copies, average.arrays(), encodersNames()))
                        .orElse(Map.of()));
    }

    /**
     * Goes on from a saved state. What was published is the average where no other is saved, and the base where none is:
     * then the weights are held to it from here on. Another optimizer's moments are of no use and left.
     */
    public void restore(TrainingState from, NDList published) {
        TrainingState.Progress progress = from.progress();
        steps = progress.steps();
        fill(average.arrays(), from.averaged(), published);
        base.ifPresent(anchor -> fill(anchor.arrays(), from.base(), published));
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

    /**
     * Goes on from other weights and their average after so many steps, with the moments that there are.
     *
     * @throws IllegalArgumentException naming a weight that is missing or of another shape; nothing is changed then
     */
    public void goOnFrom(
            Map<String, Safetensors.Tensor> trained, Map<String, Safetensors.Tensor> averaged, long taken) {
        require(weights.arrays(), trained);
        require(average.arrays(), averaged);
        fill(weights.arrays(), trained, weights.arrays());
        fill(average.arrays(), averaged, average.arrays());
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

    /** With what is saved of each weight, which may have been frozen then. */
    private void fill(NDList target, Map<String, Safetensors.Tensor> saved, NDList otherwise) {
        for (int i = 0; i < target.size(); i++) {
            Optional<Safetensors.Tensor> own =
                    Optional.ofNullable(saved.get(weights.names().get(i)));
            if (own.isPresent()) {
                try (NDArray values = ModelWeights.array(manager, own.get())) {
                    values.copyTo(target.get(i));
                }
            } else {
                otherwise.get(i).copyTo(target.get(i));
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
