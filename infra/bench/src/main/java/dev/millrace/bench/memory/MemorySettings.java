package dev.millrace.bench.memory;

import dev.millrace.embedding.network.EncoderOptions;
import java.nio.file.Path;

/**
 * What the process that measures one batch size is told.
 *
 * @param options decided once: what is fastest is tried, and may come out differently
 * @param json where its figures go
 */
record MemorySettings(Path model, EncoderOptions options, Load load, Path json) {

    /**
     * What it learns.
     *
     * @param pairs of a batch
     * @param tokens of each text
     * @param steps so many that all sizes learn equally many pairs: the C library keeps some memory of every micro-batch that
     *     has passed, and few steps of a small batch would hide it
     */
    record Load(int pairs, int tokens, int steps) {
        static final int STEPS_OF_LARGEST = 3;

        static Load of(int pairs, int tokens, int largest) {
            return new Load(pairs, tokens, (STEPS_OF_LARGEST * largest + pairs - 1) / pairs);
        }
    }
}
