package dev.millrace.embedding.objective.view;

import dev.millrace.embedding.text.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Tokens in any order (ConSERT's token shuffling, Yan et al. 2021). The paper shuffles position ids; attention knows of a token's
 * place by nothing else, so shuffled tokens are the same, with a relative bias, too. Unlike there the first and the last token stay
 * where they are, which are special ones: the first one's state may be the text's vector.
 */
public record PositionShuffle() implements TokenView {
    @Override
    public Tokens of(Tokens text, int dimensions, SplittableRandom random) {
        int[] ids = text.ids().clone();
        int last = ids.length - 1;
        if (last < 2) {
            return text;
        }
        List<Integer> inner = Arrays.stream(ids, 1, last).boxed().toList();
        List<Integer> shuffled = Draws.some(inner, inner.size(), random);
        for (int place = 1; place < last; place++) {
            ids[place] = shuffled.get(place - 1);
        }
        return text.with(ids);
    }
}
