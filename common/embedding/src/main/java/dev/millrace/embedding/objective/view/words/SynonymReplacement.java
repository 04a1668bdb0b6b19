package dev.millrace.embedding.objective.view.words;

import dev.millrace.embedding.objective.view.Draws;
import java.util.List;
import java.util.SplittableRandom;

/**
 * So many words are replaced by a synonym of each.
 *
 * @param synonyms of the words that can be
 */
record SynonymReplacement(Synonyms synonyms) implements WordOperation {
    @Override
    public int most(Wording text) {
        return known(text).size();
    }

    @Override
    public List<List<String>> times(int count, Wording text, SplittableRandom random) {
        List<List<String>> places = text.places();
        for (int place : Draws.some(known(text), count, random)) {
            List<String> others = synonyms.of(text.words().get(place));
            places.set(place, List.of(Draws.one(others, random)));
        }
        return places;
    }

    private List<Integer> known(Wording text) {
        return text.free().stream()
                .filter(place -> !synonyms.of(text.words().get(place)).isEmpty())
                .toList();
    }
}
