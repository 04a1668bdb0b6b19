package dev.millrace.encoder;

import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.text.Tokens;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Token arrays that callers made with the model's own tokenizer. They must have around them what that puts around every text:
 * another tokenizer's ids would give a vector, too, and a wrong one.
 */
final class OwnTokens {
    private final int[] before;
    private final int[] behind;
    private final int vocabulary;
    private final int maxTokens;

    private OwnTokens(int[] before, int[] behind, int vocabulary, int maxTokens) {
        this.before = before;
        this.behind = behind;
        this.vocabulary = vocabulary;
        this.maxTokens = maxTokens;
    }

    static OwnTokens of(TextTokenizer tokenizer, ModelFolder model) {
        return of(tokenizer::tokenize, model.config().vocabulary(), model.maxTokens());
    }

    static OwnTokens of(Function<String, Tokens> tokenizer, int vocabulary, int maxTokens) {
        final int[] around = around(tokenizer);
        final int[] word = tokenizer.apply("a").ids();
        final int begin = Math.max(0, Arrays.mismatch(around, word));
        return new OwnTokens(
                Arrays.copyOf(around, begin), Arrays.copyOfRange(around, begin, around.length), vocabulary, maxTokens);
    }

    /**
     * Cut as a text is: what is beyond the model's maximum is dropped, what closes every text stays.
     *
     * @throws IllegalArgumentException saying why they are not this tokenizer's
     */
    Tokens tokens(int[] ids) {
        if (!isFramed(ids)) {
            throw new IllegalArgumentException(
                    "is no token array of this model's own tokenizer, with its special tokens "
                            + Arrays.toString(before) + " before and " + Arrays.toString(behind)
                            + " behind; those of OpenAI's are taken under the name of a model of OpenAI's"
                            + " (millrace.encoder.aliases)");
        }
        for (int id : ids) {
            if (id >= vocabulary) {
                throw new IllegalArgumentException("holds " + id + ", the model has tokens 0.." + (vocabulary - 1));
            }
        }
        if (ids.length <= maxTokens) {
            return new Tokens(ids, false);
        }
        final int[] cut = Arrays.copyOf(ids, maxTokens);
        System.arraycopy(behind, 0, cut, maxTokens - behind.length, behind.length);
        return new Tokens(cut, true);
    }

    private boolean isFramed(int[] ids) {
        final int frame = before.length + behind.length;
        return frame > 0
                && ids.length > frame
                && Arrays.equals(before, 0, before.length, ids, 0, before.length)
                && Arrays.equals(behind, 0, behind.length, ids, ids.length - behind.length, ids.length);
    }

    /** What an empty text has; a tokenizer that puts nothing around a text cuts an empty one into no tokens, which is refused. */
    private static int[] around(Function<String, Tokens> tokenizer) {
        try {
            return tokenizer.apply("").ids();
        } catch (IllegalArgumentException nothing) {
            return new int[0];
        }
    }
}
