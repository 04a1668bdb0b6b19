package dev.millrace.embedding.objective.view;

import dev.millrace.embedding.text.Tokens;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One view after the other, each of what the ones before it made.
 *
 * @param views in order; none: the text as it is
 */
public record SeveralViews(List<View> views) implements View {
    public SeveralViews {
        views = List.copyOf(views);
    }

    @Override
    public String of(String text, SplittableRandom random) {
        String seen = text;
        for (View view : views) {
            seen = view.of(seen, random);
        }
        return seen;
    }

    @Override
    public Tokens of(Tokens text, int dimensions, SplittableRandom random) {
        Tokens seen = text;
        for (View view : views) {
            seen = view.of(seen, dimensions, random);
        }
        return seen;
    }
}
