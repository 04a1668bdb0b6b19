package dev.millrace.embedding.objective.view.words;

import dev.millrace.embedding.objective.view.Draws;
import java.util.List;
import java.util.SplittableRandom;

/** So many words are left out, and never all. The paper leaves out each by chance, so that often none is. */
record RandomDeletion() implements WordOperation {
    @Override
    public int most(Wording text) {
        return Math.min(text.free().size(), text.words().size() - 1);
    }

    @Override
    public List<List<String>> times(int count, Wording text, SplittableRandom random) {
        List<List<String>> places = text.places();
        Draws.some(text.free(), count, random).forEach(place -> places.set(place, List.of()));
        return places;
    }
}
