package dev.millrace.embedding.optim;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.ModelWeights;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** What happens to the weights in a step: the gradient is clipped, the optimizer moves them, their average follows. */
public final class WeightUpdate implements AutoCloseable {
    private static final Logger LOG = System.getLogger(WeightUpdate.class.getName());

    private final LearnedWeights weights;
    private final Optimizer optimizer;
    private final UpdateRule rule;
    private final GradientClipping clipping;
    private final WeightAverage average;
    private long steps;

    public WeightUpdate(PtNDManager manager, LearnedWeights weights, Optimizer optimizer) {
        this.weights = weights;
        this.optimizer = optimizer;
        rule = optimizer.rule(manager, weights);
        clipping = new GradientClipping(manager);
        average = new WeightAverage(manager, weights.arrays().subNDList(0, weights.averaged()));
    }

    public NDList average() {
        return average.arrays();
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
                rule.state().tensors(copies));
    }

    /** Goes on from a saved state, whose average was published. Another optimizer's moments are of no use and left. */
    public void restore(TrainingState from, NDList averaged) {
        TrainingState.Progress progress = from.progress();
        steps = progress.steps();
        average.restore(averaged);
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

    @Override
    public void close() {
        rule.close();
        clipping.close();
        average.close();
    }
}
