package dev.millrace.trainer.learning.teach;

import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.trainer.learning.vectors.Vectors;
import java.nio.file.Path;

/** A model that is learned from and does not learn: any folder, of any number of dimensions. */
public final class TeacherModel implements AutoCloseable {
    private final TextTokenizer tokenizer;
    private final Encoder encoder;

    private TeacherModel(TextTokenizer tokenizer, Encoder encoder) {
        this.tokenizer = tokenizer;
        this.encoder = encoder;
    }

    /**
     * Loads it.
     *
     * @throws dev.millrace.embedding.model.UnsupportedModelException when the folder cannot be encoded with
     */
    public static TeacherModel load(Path folder, EncoderOptions options) {
        TextTokenizer tokenizer = TextTokenizer.load(folder);
        try {
            return new TeacherModel(tokenizer, Encoder.load(folder, options));
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** Its vectors; {@code between} as of {@link Vectors#by}. */
    public Vectors vectors(Runnable between) {
        return Vectors.by(tokenizer, encoder, between);
    }

    /** Numbers in one of its vectors. */
    public int dimensions() {
        return encoder.dimensions();
    }

    @Override
    public void close() {
        encoder.close();
        tokenizer.close();
    }
}
