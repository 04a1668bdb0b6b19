package dev.millrace.embedding.text;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What of a text's embeddings, as they enter the lowest layer in training, is 0 (cutoff, Shen et al. 2020): some tokens with all
 * their features, and some features of all tokens.
 *
 * @param tokens places in the text
 * @param features indexes below the encoder's width
 */
public record Cutoff(BitSet tokens, BitSet features) {
    /** Everything stays. */
    static final Cutoff NOTHING = new Cutoff(new BitSet(), new BitSet());

    /** Copies both sets. */
    public Cutoff {
        tokens = (BitSet) tokens.clone();
        features = (BitSet) features.clone();
    }

    /** Of these tokens. */
    public static Cutoff ofTokens(BitSet places) {
        return new Cutoff(places, new BitSet());
    }

    /** Of these features. */
    public static Cutoff ofFeatures(BitSet indexes) {
        return new Cutoff(new BitSet(), indexes);
    }

    /** What either cuts off. */
    Cutoff and(Cutoff other) {
        BitSet bothTokens = (BitSet) tokens.clone();
        bothTokens.or(other.tokens);
        BitSet bothFeatures = (BitSet) features.clone();
        bothFeatures.or(other.features);
        return new Cutoff(bothTokens, bothFeatures);
    }

    private boolean cutsNothing() {
        return tokens.isEmpty() && features.isEmpty();
    }

    /**
     * Of texts laid end to end, T tokens, what stays: [T * d] of 1 and 0, token by token; [0] where everything does.
     *
     * @param dimensions the encoder's width d
     */
    public static byte[] kept(List<Tokens> texts, int dimensions) {
        if (texts.stream().map(Tokens::cutoff).allMatch(Cutoff::cutsNothing)) {
            return new byte[0];
        }
        byte[] kept =
                new byte[dimensions * texts.stream().mapToInt(Tokens::length).sum()];
        Arrays.fill(kept, (byte) 1);
        int start = 0;
        for (Tokens text : texts) {
            for (int token = 0; token < text.length(); token++) {
                text.cutoff().cut(kept, start, token, dimensions);
                start += dimensions;
            }
        }
        return kept;
    }

    private void cut(byte[] kept, int start, int token, int dimensions) {
        if (tokens.get(token)) {
            Arrays.fill(kept, start, start + dimensions, (byte) 0);
        }
        features.stream().forEach(feature -> kept[start + feature] = 0);
    }
}
