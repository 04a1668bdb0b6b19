package dev.millrace.bench.memory;

import java.nio.file.Path;

/**
 * What the process that measures the loss of one batch is told.
 *
 * @param pairs of the batch
 * @param dimensions numbers in a vector
 * @param threads of libtorch
 * @param json where its figures go
 */
record LossSettings(int pairs, int dimensions, int threads, Path json) {}
