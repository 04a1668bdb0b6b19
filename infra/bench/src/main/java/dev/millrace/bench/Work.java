package dev.millrace.bench;

import dev.millrace.embedding.EncoderOptions;
import java.nio.file.Path;

/** Something to measure. */
interface Work {
    String name();

    String unit();

    /** One figure a counted run; warm-up is not counted. */
    double[] run(Path model, EncoderOptions options, int runs);
}
