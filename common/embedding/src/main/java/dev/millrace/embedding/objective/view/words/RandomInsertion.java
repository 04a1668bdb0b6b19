package dev.millrace.embedding.objective.view.words;

import dev.millrace.embedding.objective.view.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A synonym of one of the words is put somewhere before another, as often as is said.
 *
 * @param synonyms of the words that it may be taken of
 */
record RandomInsertion(Synonyms synonyms) implements WordOperation {
    @Override
    public int most(Wording text) {
        return sources(text).isEmpty() || text.open().isEmpty() ? 0 : Integer.MAX_VALUE;
    }

    @Override
    public List<List<String>> times(int count, Wording text, SplittableRandom random) {
        List<List<String>> places = text.places();
        List<List<String>> sources = sources(text);
        List<Integer> open = text.open();
        for (int i = 0; i < count; i++) {
            int place = Draws.one(open, random);
            List<String> here = new ArrayList<>(places.get(place));
            here.add(0, Draws.one(Draws.one(sources, random), random));
            places.set(place, here);
        }
        return places;
    }

    private List<List<String>> sources(Wording text) {
        return text.free().stream()
                .map(place -> synonyms.of(text.words().get(place)))
                .filter(others -> !others.isEmpty())
                .toList();
    }
}
