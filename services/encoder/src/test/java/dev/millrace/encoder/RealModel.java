package dev.millrace.encoder;

import dev.millrace.embedding.files.RandomBert;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A random BERT of 1 layer, 16 dimensions and 32 words: what libtorch and the tokenizer refuse, they refuse here. */
final class RealModel {
    static final String CONFIG = "config.json";
    static final String TOKENIZER = "tokenizer.json";
    static final String WEIGHTS = "model.safetensors";
    static final int DIMENSIONS = 16;

    /** Each called by its id. */
    private static final List<String> WORDS =
            IntStream.range(4, 32).mapToObj(id -> "w" + id).toList();

    private RealModel() {}

    static Path write(Path folder, long seed) throws IOException {
        return new RandomBert(1, DIMENSIONS, 64, 0.1, seed).write(folder, WORDS);
    }
}
