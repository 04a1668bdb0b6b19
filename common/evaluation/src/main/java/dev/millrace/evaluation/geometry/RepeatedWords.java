package dev.millrace.evaluation.geometry;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Another view of a text that says the same: some of its words twice (ESimCSE, Wu 2022). Which ones depends on the text alone, so that
 * every encoder is asked for the same view.
 */
public final class RepeatedWords {
    /** Share of the words that is repeated. */
    private static final double SHARE = 0.32;

    private static final long RANGE = 1L << 32;

    private RepeatedWords() {}

    /** The view; of a text without spaces its characters are the words, and at least one is repeated. */
    public static String of(String text) {
        boolean spaced = text.strip().indexOf(' ') >= 0;
        String[] words = spaced
                ? text.strip().split("\\s+")
                : text.strip().codePoints().mapToObj(Character::toString).toArray(String[]::new);
        String between = spaced ? " " : "";
        StringBuilder view = new StringBuilder();
        for (int i = 0; i < words.length; i++) {
            String word = repeated(words[i], i) ? words[i] + between + words[i] : words[i];
            view.append(i == 0 ? "" : between).append(word);
        }
        return view.toString();
    }

    /** The first always: a view that is the text itself would measure nothing. */
    private static boolean repeated(String word, int place) {
        CRC32 hash = new CRC32();
        hash.update((place + word).getBytes(StandardCharsets.UTF_8));
        return place == 0 || hash.getValue() < SHARE * RANGE;
    }
}
