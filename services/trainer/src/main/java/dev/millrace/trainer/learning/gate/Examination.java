package dev.millrace.trainer.learning.gate;

import dev.millrace.trainer.learning.evaluate.Evaluation;
import dev.millrace.trainer.learning.evaluate.GoldenTexts;

/**
 * A version under examination.
 *
 * @param evaluation on all held-out pairs
 * @param golden its vectors of the golden texts
 * @param nanos the quickest it encoded a single golden text, in nanoseconds; 0 without golden texts
 */
public record Examination(Evaluation evaluation, GoldenTexts golden, long nanos) {}
