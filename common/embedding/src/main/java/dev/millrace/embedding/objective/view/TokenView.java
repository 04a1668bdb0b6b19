package dev.millrace.embedding.objective.view;

import dev.millrace.embedding.text.Tokens;
import java.util.SplittableRandom;

/** A view that differs by tokens and their embeddings (ConSERT, Yan et al. 2021); the text is as it is. */
interface TokenView extends View {
    @Override
    default String of(String text, SplittableRandom random) {
        return text;
    }

    @Override
    Tokens of(Tokens text, int dimensions, SplittableRandom random);
}
