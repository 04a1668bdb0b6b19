package dev.millrace.embedding.objective.view;

import dev.millrace.embedding.text.Tokens;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * A view where it is of use, else the text as it is.
 *
 * @param view of any text
 * @param useful whether what comes of a text can be learned; asked of what differs from it
 */
record UsefulView(View view, Predicate<String> useful) implements View {
    @Override
    public String of(String text, SplittableRandom random) {
        String seen = view.of(text, random);
        return seen.equals(text) || useful.test(seen) ? seen : text;
    }

    @Override
    public Tokens of(Tokens text, int dimensions, SplittableRandom random) {
        return view.of(text, dimensions, random);
    }
}
