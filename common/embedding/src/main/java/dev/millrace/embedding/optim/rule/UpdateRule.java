package dev.millrace.embedding.optim.rule;

import ai.djl.pytorch.engine.PtNDManager;

/** How an optimizer moves weights along their gradients, in place on native arrays. For one thread at a time. */
public interface UpdateRule extends AutoCloseable {
    /** What the rule keeps between steps. */
    OptimizerState state();

    /**
     * One step.
     *
     * @param gradients of all weights that the rule was made for; may be overwritten
     * @param weightDecay decoupled from the gradient, of the weights that decay
     */
    void update(PtNDManager scope, Gradients gradients, double learningRate, double weightDecay);

    @Override
    void close();
}
