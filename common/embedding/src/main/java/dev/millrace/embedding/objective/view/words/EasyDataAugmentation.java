package dev.millrace.embedding.objective.view.words;

import dev.millrace.embedding.objective.view.Draws;
import dev.millrace.embedding.objective.view.View;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Some words swapped, left out, replaced by a synonym or joined by one (EDA, Wei and Zou 2019): of n words {@code max(1, rate n)},
 * all in one way, which is drawn of those that the text allows. Words are cut as in {@link Wording}; a negation, and what it
 * negates, stays as it is, so that a text all of which belongs to one is its own view.
 */
public final class EasyDataAugmentation implements View {
    private final double rate;
    private final Synonyms synonyms;
    private final List<WordOperation> operations;

    /**
     * By a rate.
     *
     * @param rate share of the words, [0, 1]; the paper's alpha
     * @param synonyms for replacing and inserting; {@link Synonyms#NONE}: words are only swapped and left out
     */
    public EasyDataAugmentation(double rate, Synonyms synonyms) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("EDA's rate must lie in [0, 1], but is " + rate);
        }
        this.rate = rate;
        this.synonyms = synonyms;
        operations = List.of(
                new RandomSwap(),
                new RandomDeletion(),
                new SynonymReplacement(synonyms),
                new RandomInsertion(synonyms));
    }

    @Override
    public String of(String text, SplittableRandom random) {
        Wording wording = Wording.of(text, synonyms);
        List<WordOperation> possible =
                operations.stream().filter(way -> way.most(wording) > 0).toList();
        if (possible.isEmpty()) {
            return text;
        }
        WordOperation drawn = Draws.one(possible, random);
        int wanted = Math.max(1, (int) (rate * wording.words().size()));
        return wording.text(drawn.times(Math.min(wanted, drawn.most(wording)), wording, random));
    }
}
