package dev.millrace.embedding.objective.view;

import dev.millrace.embedding.text.Cutoff;
import dev.millrace.embedding.text.Tokens;
import java.util.SplittableRandom;

/**
 * All embeddings of a text without some of their features, the same ones of each token (ConSERT, Yan et al. 2021).
 *
 * @param rate of d features {@code rate d} are cut off, rounded down; [0, .9]
 */
public record FeatureCutoff(double rate) implements TokenView {
    public FeatureCutoff {
        Draws.requireRate(rate);
    }

    @Override
    public Tokens of(Tokens text, int dimensions, SplittableRandom random) {
        return text.without(Cutoff.ofFeatures(Draws.share(rate, dimensions, random)));
    }
}
