package dev.millrace.trainer.learning;

/**
 * A version under examination.
 *
 * @param evaluation on all held-out pairs
 * @param golden its vectors of the golden texts
 * @param nanos the quickest it encoded a single golden text, in nanoseconds; 0 without golden texts
 */
record Examination(Evaluation evaluation, GoldenTexts golden, long nanos) {}
