package dev.millrace.embedding.train;

/**
 * What a step found.
 *
 * @param loss the objective over the whole batch, before the step
 * @param gradientNorm global L2 norm before clipping
 */
public record StepResult(double loss, double gradientNorm) {}
