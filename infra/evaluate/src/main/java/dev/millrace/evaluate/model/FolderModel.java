package dev.millrace.evaluate.model;

import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.model.InputType;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.text.UnencodableTextException;
import java.nio.file.Path;
import java.util.List;

/** A Hugging Face folder, loaded into this process. */
final class FolderModel implements TextEncoder {
    private final String name;
    private final TextTokenizer tokenizer;
    private final Encoder encoder;

    FolderModel(String name, Path folder, EncoderOptions options) {
        this.name = name;
        ModelFolder model = ModelFolder.read(folder);
        tokenizer = TextTokenizer.load(model);
        try {
            encoder = Encoder.load(model, options);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public float[][] encode(InputType type, List<String> texts) {
        try {
            return encoder.encode(tokenizer.tokenize(type, texts));
        } catch (UnencodableTextException e) {
            throw new RefusedTextException(e);
        }
    }

    @Override
    public void close() {
        encoder.close();
        tokenizer.close();
    }
}
