package dev.millrace.embedding.objective.view;

import dev.millrace.embedding.text.Cutoff;
import dev.millrace.embedding.text.Tokens;
import java.util.SplittableRandom;

/**
 * Some tokens without their embeddings (ConSERT, Yan et al. 2021): they keep their places, and say nothing. Special ones are cut off as
 * any.
 *
 * @param rate of n tokens {@code rate n} are cut off, rounded down; [0, .9]
 */
public record TokenCutoff(double rate) implements TokenView {
    public TokenCutoff {
        Draws.requireRate(rate);
    }

    @Override
    public Tokens of(Tokens text, int dimensions, SplittableRandom random) {
        return text.without(Cutoff.ofTokens(Draws.share(rate, text.length(), random)));
    }
}
