package dev.millrace.embedding.objective.view;

import dev.millrace.embedding.text.Tokens;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** How a bare text is seen a second time: what it is drawn to, under a dropout mask of its own besides. */
@FunctionalInterface
public interface View {
    /** The text as it is: two dropout masks are all that differs (SimCSE, Gao et al. 2021). */
    View DROPOUT = (text, random) -> text;

    /** The second view of a text, which is not empty where the text is not; the same of the same text and state of {@code random}. */
    String of(String text, SplittableRandom random);

    /**
     * The tokens that the second view of a text is encoded by; as many as there are, so that what has room for the text has room for
     * them, and the same of the same text and state of {@code random}.
     *
     * @param text what {@link #of(String, SplittableRandom)} made of it, tokenized
     * @param dimensions the encoder's width
     */
    default Tokens of(Tokens text, int dimensions, SplittableRandom random) {
        return text;
    }

    /** The same, but the text as it is where what comes of it is of no use: longer than a step can have, say. */
    default View orItself(Predicate<String> useful) {
        return new UsefulView(this, useful);
    }
}
