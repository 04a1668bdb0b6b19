package dev.millrace.trainer.learning.round;

import dev.millrace.trainer.learning.round.delta.Delta;

/**
 * What a trainer brings to a round.
 *
 * @param share what it learned
 * @param delta how that changed the weights
 */
public record Contribution(Share share, Delta delta) {}
