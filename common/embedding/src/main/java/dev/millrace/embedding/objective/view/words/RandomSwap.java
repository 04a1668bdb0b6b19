package dev.millrace.embedding.objective.view.words;

import dev.millrace.embedding.objective.view.Draws;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Two words change places, as often as is said. */
record RandomSwap() implements WordOperation {
    @Override
    public int most(Wording text) {
        return text.free().size() < 2 ? 0 : Integer.MAX_VALUE;
    }

    @Override
    public List<List<String>> times(int count, Wording text, SplittableRandom random) {
        List<List<String>> places = text.places();
        List<Integer> free = text.free();
        for (int i = 0; i < count; i++) {
            List<Integer> two = Draws.some(free, 2, random);
            Collections.swap(places, two.get(0), two.get(1));
        }
        return places;
    }
}
