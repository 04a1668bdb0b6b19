package dev.millrace.embedding.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.torch.NativeLibraries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Text to token ids by the model's own {@code tokenizer.json}. Safe for use by many threads: the native tokenizer is
 * read-only after it is loaded.
 */
public final class TextTokenizer implements AutoCloseable {
    private final HuggingFaceTokenizer tokenizer;

    private TextTokenizer(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * Loads {@code tokenizer.json} of a Hugging Face folder. Whatever padding and truncation the file asks for is
     * overruled: texts are never padded, and cut at the folder's maximum.
     *
     * @throws UnsupportedModelException when the folder or its tokenizer cannot be read
     */
    public static TextTokenizer load(Path folder) {
        return load(ModelFolder.read(folder));
    }

    /** As {@link #load(Path)}, for a folder that is read already. */
    public static TextTokenizer load(ModelFolder model) {
        NativeLibraries.stayOffline();
        Path file = model.folder().resolve("tokenizer.json");
        try {
            return new TextTokenizer(HuggingFaceTokenizer.builder()
                    .optTokenizerPath(file)
                    .optPadding(false)
                    .optTruncation(true)
                    .optMaxLength(model.maxTokens())
                    .build());
        } catch (IOException | RuntimeException e) {
            throw new UnsupportedModelException("tokenizer.json cannot be read: " + e.getMessage(), e);
        }
    }

    /** The text's tokens, at most the model's maximum, special tokens included. */
    public Tokens tokenize(String text) {
        return tokens(TokenizersLibrary.LIB.encode(tokenizer.getHandle(), text, true));
    }

    /** As {@link #tokenize(String)} for many texts, in their order; the native side works on them in parallel. */
    public List<Tokens> tokenize(List<String> texts) {
        if (texts.isEmpty()) {
            return List.of();
        }
        long[] encodings = TokenizersLibrary.LIB.batchEncode(tokenizer.getHandle(), texts.toArray(new String[0]), true);
        return Arrays.stream(encodings).mapToObj(TextTokenizer::tokens).toList();
    }

    /** Of all that the native encoding knows only the ids are fetched: words and offsets cost a short text more than itself. */
    private static Tokens tokens(long encoding) {
        try {
            long[] wide = TokenizersLibrary.LIB.getTokenIds(encoding);
            int[] ids = new int[wide.length];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = (int) wide[i];
            }
            return new Tokens(ids, TokenizersLibrary.LIB.getOverflowCount(encoding) > 0);
        } finally {
            TokenizersLibrary.LIB.deleteEncoding(encoding);
        }
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
