package dev.millrace.trainer.learning.teach;

import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.vectors.Tokenizers;
import dev.millrace.trainer.learning.vectors.Vectors;
import java.nio.file.Path;

/** A model that is learned from and does not learn: any folder, of any number of dimensions. */
final class TeacherModel implements AutoCloseable {
    private final TextTokenizer tokenizer;
    private final Encoder encoder;

    private TeacherModel(TextTokenizer tokenizer, Encoder encoder) {
        this.tokenizer = tokenizer;
        this.encoder = encoder;
    }

    /**
     * Loads it.
     *
     * @throws IllegalArgumentException naming the key, when the folder cannot be encoded with: not the exception that says
     *     the lineage's own head cannot be loaded
     */
    static TeacherModel load(Path folder, EncoderOptions options, LearningConfig config) {
        try {
            return loaded(folder, options, config);
        } catch (UnsupportedModelException e) {
            throw new IllegalArgumentException("millrace.learning.teacher: " + e.getMessage(), e);
        }
    }

    private static TeacherModel loaded(Path folder, EncoderOptions options, LearningConfig config) {
        TextTokenizer tokenizer = Tokenizers.open(folder, config);
        try {
            return new TeacherModel(tokenizer, Encoder.load(folder, options));
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** Its vectors; {@code between} as of {@link Vectors#by}. */
    Vectors vectors(Runnable between) {
        return Vectors.by(tokenizer, encoder, between);
    }

    /** Numbers in one of its vectors. */
    int dimensions() {
        return encoder.dimensions();
    }

    @Override
    public void close() {
        encoder.close();
        tokenizer.close();
    }
}
