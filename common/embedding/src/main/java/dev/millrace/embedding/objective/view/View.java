package dev.millrace.embedding.objective.view;

import java.util.SplittableRandom;
import java.util.function.Predicate;

/** How a bare text is seen a second time: what it is drawn to, under a dropout mask of its own besides. */
@FunctionalInterface
public interface View {
    /** The text as it is: two dropout masks are all that differs (SimCSE, Gao et al. 2021). */
    View DROPOUT = (text, random) -> text;

    /** The second view of a text, which is not empty where the text is not; the same of the same text and state of {@code random}. */
    String of(String text, SplittableRandom random);

    /** The same, but the text as it is where what comes of it is of no use: longer than a step can have, say. */
    default View orItself(Predicate<String> useful) {
        return new UsefulView(this, useful);
    }
}
