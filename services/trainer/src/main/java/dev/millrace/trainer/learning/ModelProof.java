package dev.millrace.trainer.learning;

import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.train.TrainableEncoder;
import dev.millrace.trainer.learning.vectors.Vectors;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Proves that a model folder can be trained and served before anybody rests on it: loads it, encodes with it, saves it
 * as a version is saved, loads that, and compares.
 */
public final class ModelProof implements BiConsumer<Path, Path> {
    private static final List<String> TEXTS = List.of(
            "a",
            "Where is my parcel?",
            "An encoder that keeps learning from what is asked and what is clicked.",
            "12 %");

    /** Of a vector's length from 1, and of the cosine of two vectors that are to be the same. */
    private static final double TOLERANCE = 1e-3;

    private final EncoderOptions options;

    /** Loads as a trainer with these options does. */
    public ModelProof(EncoderOptions options) {
        this.options = options;
    }

    /**
     * Proves the model in {@code folder}; {@code scratch} is a new folder that it may fill.
     *
     * @throws UnsupportedModelException in one line, when the model is not to be relied on
     */
    @Override
    public void accept(Path folder, Path scratch) {
        try (TrainableEncoder loaded = TrainableEncoder.load(folder, options)) {
            float[][] vectors = vectors(folder, loaded);
            requireSame(vectors, vectors(folder, loaded), "encoded twice");
            loaded.save(scratch);
            try (TrainableEncoder again = TrainableEncoder.load(scratch, options)) {
                requireSame(vectors, vectors(scratch, again), "saved and loaded");
            }
        } catch (UnsupportedModelException e) {
            throw e;
        } catch (RuntimeException e) {
            throw refused("it cannot be encoded with: " + e.getMessage(), e);
        }
    }

    private static float[][] vectors(Path folder, TrainableEncoder model) {
        try (TextTokenizer tokenizer = TextTokenizer.load(folder);
                Encoder encoder = model.averaged()) {
            List<Tokens> tokens = tokenizer.tokenize(TEXTS);
            float[][] vectors = encoder.encode(tokens);
            for (int i = 0; i < vectors.length; i++) {
                double length = Math.sqrt(Vectors.similarity(vectors[i], vectors[i]));
                if (!(Math.abs(length - 1) <= TOLERANCE)) {
                    throw refused("its vector of \"%s\" has length %s".formatted(TEXTS.get(i), length), null);
                }
            }
            return vectors;
        }
    }

    private static void requireSame(float[][] first, float[][] second, String how) {
        for (int i = 0; i < first.length; i++) {
            double similarity = Vectors.similarity(first[i], second[i]);
            if (!(similarity >= 1 - TOLERANCE)) {
                throw refused(
                        "%s, \"%s\" has another vector, cosine %.4f".formatted(how, TEXTS.get(i), similarity), null);
            }
        }
    }

    private static UnsupportedModelException refused(String reason, Throwable cause) {
        return new UnsupportedModelException("the base model is not published: " + reason, cause);
    }
}
