package dev.millrace.embedding.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the vectors that leave the top layer for a text's tokens, special ones included, become the text's, which has norm 1 in
 * the end whatever the pooling's own length.
 */
public enum Pooling {
    /** The mean over all tokens (Reimers and Gurevych 2019, Sentence-BERT). */
    MEAN("mean", "mean_tokens"),
    /** The first token's vector, without BERT's own head over it (SimCSE's cls_before_pooler), as BGE models are trained for. */
    CLS("cls", "cls_token"),
    /** The last token's vector, as causal models are trained for (Neelakantan et al. 2022). */
    LAST("lasttoken", "lasttoken"),
    /** The mean with weight i for the i-th token, counted from 1 (Muennighoff 2022, SGPT). */
    WEIGHTED_MEAN("weightedmean", "weightedmean_tokens"),
    /** The largest value over all tokens in each dimension (Conneau et al. 2017, InferSent). */
    MAX("max", "max_tokens"),
    /** The sum divided by the root of the number of tokens (Cer et al. 2018): of norm 1 the same as the mean. */
    MEAN_SQRT_LEN("mean_sqrt_len_tokens", "mean_sqrt_len_tokens");

    private static final String FLAG = "pooling_mode_";
    private final String mode;
    private final String flag;

    Pooling(String mode, String flag) {
        this.mode = mode;
        this.flag = FLAG + flag;
    }

    /** Which pooling a {@code pooling_mode} of sentence-transformers names; empty when none does. */
    public static Optional<Pooling> of(String mode) {
        return Arrays.stream(values())
                .filter(pooling -> pooling.mode.equals(mode))
                .findFirst();
    }

    /** The {@code pooling_mode} that one of the older flags stands for; the rest of its name where it is none of ours. */
    public static String modeOf(String flag) {
        return Arrays.stream(values())
                .filter(pooling -> pooling.flag.equals(flag))
                .map(pooling -> pooling.mode)
                .findFirst()
                .orElseGet(() -> flag.substring(FLAG.length()));
    }

    /** Every {@code pooling_mode} that is supported, for messages. */
    public static String modes() {
        return Arrays.stream(values()).map(Pooling::mode).collect(Collectors.joining(", "));
    }

    /** The {@code pooling_mode} that sentence-transformers knows it by. */
    public String mode() {
        return mode;
    }

    /** The flag that sentence-transformers of every version knows it by. */
    public String flag() {
        return flag;
    }
}
