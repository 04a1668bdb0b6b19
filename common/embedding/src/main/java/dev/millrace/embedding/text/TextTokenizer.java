package dev.millrace.embedding.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.files.TokenizerFile;
import dev.millrace.embedding.model.InputType;
import dev.millrace.embedding.model.Prompts;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.text.Tokenization.Encodable;
import dev.millrace.embedding.text.Tokenization.Unencodable;
import dev.millrace.embedding.torch.NativeLibraries;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Text to token ids by the model's own {@code tokenizer.json}. Safe for use by many threads: the native tokenizer is
 * read-only after it is loaded.
 *
 * <p>A text that is longer than the model reads is cut at the model's maximum, as sentence-transformers does, and its tokens
 * say so. Of a very long one only as much is looked at as its tokens can come from, so that it takes no more time and memory than
 * they are worth. White space around a text is no part of it. A text that has no tokens, or one that the model's table has no row for, fails alone.
 */
public final class TextTokenizer implements AutoCloseable {
    /** Up to here a text is given to the native side as it is. */
    private static final int SHORT = 1 << 14;
    /** Characters a token: of longer texts at first so many are looked at for each token that the model reads. */
    private static final int CHARACTERS = 16;
    /** What lies this far before a cut is not changed by it: normalizers and vocabularies look at a word or so at a time. */
    private static final int CLEAR = 1 << 10;

    private static final int GROWTH = 4;
    private static final char NEXT_LINE = '\u0085';

    private final HuggingFaceTokenizer tokenizer;
    private final boolean framed;
    private final int vocabulary;
    private final int maxTokens;
    private final Prompts prompts;

    private TextTokenizer(HuggingFaceTokenizer tokenizer, ModelFolder model) {
        this.tokenizer = tokenizer;
        framed = !model.config().isStatic();
        vocabulary = model.config().vocabulary();
        maxTokens = model.maxTokens();
        prompts = model.prompts();
    }

    /**
     * Loads {@code tokenizer.json} of a Hugging Face folder. Whatever padding and truncation the file asks for is
     * overruled: texts are never padded, and cut at the folder's maximum.
     *
     * @throws UnsupportedModelException when the folder or its tokenizer cannot be read, or has a token that the model has no row for
     */
    public static TextTokenizer load(Path folder) {
        return load(ModelFolder.read(folder));
    }

    /** As {@link #load(Path)}, for a folder that is read already. */
    public static TextTokenizer load(ModelFolder model) {
        NativeLibraries.stayOffline();
        TokenizerFile file = TokenizerFile.read(model);
        file.requireBelow(model.config().vocabulary());
        try {
            return new TextTokenizer(open(file, model.maxTokens()), model).checked();
        } catch (UnsupportedModelException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new UnsupportedModelException("tokenizer.json cannot be read: " + e.getMessage(), e);
        }
    }

    /** The native side does not truncate where what it puts around a text leaves no room for it; a prompt is no part of a text. */
    private TextTokenizer checked() {
        requireRoom("", "tokenizer.json puts %d tokens around a text");
        for (String name : prompts.names()) {
            String file = "config_sentence_transformers.json: prompts." + name.replace("%", "%%");
            requireRoom(prompts.named(name).orElseThrow(), file + " takes %d tokens");
        }
        return this;
    }

    private void requireRoom(String before, String what) {
        if (outcome(before) instanceof Encodable around && around.tokens().length() >= maxTokens) {
            close();
            throw new UnsupportedModelException(
                    what.formatted(around.tokens().length()) + ", but the model reads no more than " + maxTokens);
        }
    }

    private static HuggingFaceTokenizer open(TokenizerFile file, int maxTokens) throws IOException {
        Optional<byte[]> changed = file.asTransformersReadsIt();
        if (changed.isPresent()) {
            return HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(changed.get()),
                    Map.of("padding", "false", "truncation", "true", "maxLength", Integer.toString(maxTokens)));
        }
        return HuggingFaceTokenizer.builder()
                .optTokenizerPath(file.path())
                .optPadding(false)
                .optTruncation(true)
                .optMaxLength(maxTokens)
                .build();
    }

    /**
     * The text's tokens, at most the model's maximum, special tokens included.
     *
     * @throws UnencodableTextException when the model has no vector for it
     */
    public Tokens tokenize(String text) {
        return tokens(outcome(text), 0);
    }

    /**
     * As {@link #tokenize(String)} for many texts, in their order; the native side works on them in parallel.
     *
     * @throws UnencodableTextException naming the first text that the model has no vector for
     */
    public List<Tokens> tokenize(List<String> texts) {
        List<Tokenization> outcomes = tokenizeEach(texts);
        List<Tokens> tokens = new ArrayList<>(outcomes.size());
        for (int i = 0; i < outcomes.size(); i++) {
            tokens.add(tokens(outcomes.get(i), i));
        }
        return tokens;
    }

    /** As {@link #tokenize(List)}, each text behind what the model wants to read before texts of this type. */
    public List<Tokens> tokenize(InputType type, List<String> texts) {
        return tokenize(prompts.before(type, texts));
    }

    /** What the model wants to read before texts; whoever tokenizes a text by itself puts nothing before it. */
    public Prompts prompts() {
        return prompts;
    }

    private static Tokens tokens(Tokenization outcome, int index) {
        if (outcome instanceof Encodable encodable) {
            return encodable.tokens();
        }
        throw new UnencodableTextException(index, ((Unencodable) outcome).reason());
    }

    /** What becomes of each text, in their order; whatever one of them is, the others' tokens are what they are alone. */
    public List<Tokenization> tokenizeEach(List<String> texts) {
        if (texts.isEmpty()) {
            return List.of();
        }
        if (texts.stream().anyMatch(text -> text.length() > SHORT)) {
            return texts.stream().map(this::outcome).toList();
        }
        String[] all = texts.stream().map(this::whole).toArray(String[]::new);
        long[] encodings = TokenizersLibrary.LIB.batchEncode(tokenizer.getHandle(), all, framed);
        return Arrays.stream(encodings).mapToObj(this::freed).toList();
    }

    private Tokenization outcome(String given) {
        String text = whole(given);
        for (long end = Math.max(SHORT, (long) CHARACTERS * maxTokens); end < text.length(); end *= GROWTH) {
            Optional<Tokenization> outcome = beginning(text.substring(0, betweenCharacters(text, (int) end)));
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        return freed(encode(text));
    }

    /** A StaticEmbedding takes a text as it is. */
    private String whole(String text) {
        return framed ? stripped(text) : text;
    }

    /** White space around a text is no part of it, as sentence-transformers has it: what Python takes for white space. */
    private static String stripped(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (from < to && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isSpace(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == NEXT_LINE;
    }

    private static int betweenCharacters(String text, int end) {
        return Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }

    /** What becomes of all texts that begin so; empty where that depends on what follows. */
    private Optional<Tokenization> beginning(String part) {
        long encoding = encode(part);
        boolean enough = full(encoding, part.codePointCount(0, part.length()) - CLEAR);
        Tokenization outcome = freed(encoding);
        return enough ? Optional.of(outcome) : Optional.empty();
    }

    /** Whether there are more tokens than the model reads, and those that it reads end before this character. */
    private static boolean full(long encoding, int before) {
        return TokenizersLibrary.LIB.getOverflowCount(encoding) > 0
                && Arrays.stream(TokenizersLibrary.LIB.getTokenCharSpans(encoding))
                        .allMatch(span -> span == null || span.getEnd() < before);
    }

    private long encode(String text) {
        return TokenizersLibrary.LIB.encode(tokenizer.getHandle(), text, framed);
    }

    /** Of all that the native encoding knows only the ids are fetched: words and offsets cost a short text more than itself. */
    private Tokenization freed(long encoding) {
        try {
            long[] wide = TokenizersLibrary.LIB.getTokenIds(encoding);
            if (wide.length == 0) {
                return new Unencodable("it has no tokens");
            }
            int[] ids = new int[wide.length];
            for (int i = 0; i < ids.length; i++) {
                if (wide[i] >= vocabulary) {
                    return new Unencodable("the model has no vector for its token " + wide[i]);
                }
                ids[i] = (int) wide[i];
            }
            return new Encodable(new Tokens(ids, TokenizersLibrary.LIB.getOverflowCount(encoding) > 0));
        } finally {
            TokenizersLibrary.LIB.deleteEncoding(encoding);
        }
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
