package dev.millrace.embedding.objective.view.words;

import dev.millrace.embedding.objective.view.Draws;
import dev.millrace.embedding.objective.view.View;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Some words said twice (ESimCSE, Wu et al. 2022): the views differ in length, so that length is no way to tell texts apart.
 * Their words are pieces of the vocabulary; here they are those of {@link Wording}: of Chinese its characters.
 *
 * @param rate of n words, up to {@code max(2, rate n)} are repeated, any number of them as likely; [0, 1]
 */
public record WordRepetition(double rate) implements View {
    private static final int LEAST = 2;

    public WordRepetition {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("a repetition's rate must lie in [0, 1], but is " + rate);
        }
    }

    @Override
    public String of(String text, SplittableRandom random) {
        Wording wording = Wording.of(text, Synonyms.NONE);
        int count = wording.words().size();
        int most = Math.min(count, Math.max(LEAST, (int) (rate * count)));
        List<Integer> all = IntStream.range(0, count).boxed().toList();
        List<List<String>> places = wording.places();
        for (int place : Draws.some(all, random.nextInt(most + 1), random)) {
            String word = wording.words().get(place);
            places.set(place, List.of(word, word));
        }
        return wording.text(places);
    }
}
