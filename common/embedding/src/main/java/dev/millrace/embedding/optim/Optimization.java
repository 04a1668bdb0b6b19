package dev.millrace.embedding.optim;

import dev.millrace.embedding.optim.rule.Optimizer;

/**
 * How weights are moved.
 *
 * @param optimizer along their gradients
 * @param anchoring towards what they are held to
 */
public record Optimization(Optimizer optimizer, Anchoring anchoring) {
    /** AdamW, with nothing held. */
    public static final Optimization DEFAULT = new Optimization(Optimizer.ADAMW, Anchoring.NONE);
}
