package dev.millrace.trainer.learning.round;

import dev.millrace.embedding.train.version.TrainedWeights;

/**
 * What a round begins with.
 *
 * @param version by which contributions name it
 * @param weights the same for every trainer
 * @param outer what earlier merges left
 */
public record Base(String version, TrainedWeights weights, OuterState outer) {}
