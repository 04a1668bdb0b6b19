package dev.millrace.embedding.objective.view.words;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A text as its words and what stands between them. An ideograph is a word by itself, unless it begins one that the synonyms know
 * (the longest first): between Chinese words there is no space. Everything else is cut by white space, without the punctuation at
 * its ends.
 *
 * @param words n, in order
 * @param between n + 1: what stands before the first, between each and the next, and after the last
 * @param held places that belong to a negation, and stay as they are
 */
public record Wording(List<String> words, List<String> between, BitSet held) {
    private static final String EDGE = "[^\\p{P}\\p{C}\\p{Z}\\p{IsIdeographic}]";
    private static final String INSIDE = "[^\\p{IsWhite_Space}\\p{IsIdeographic}]*";
    private static final Pattern WORD = Pattern.compile("\\p{IsIdeographic}|" + EDGE + "(?:" + INSIDE + EDGE + ")?");
    private static final Pattern WHOLE = Pattern.compile("\\p{IsIdeographic}+|" + EDGE + "(?:" + INSIDE + EDGE + ")?");

    public static Wording of(String text, Synonyms synonyms) {
        List<String> words = new ArrayList<>();
        List<String> between = new ArrayList<>();
        int end = 0;
        for (Matcher word = WORD.matcher(text); word.find(end); ) {
            between.add(text.substring(end, word.start()));
            end = beginsIdeographic(word.group()) ? synonyms.end(text, word.start()) : word.end();
            words.add(text.substring(word.start(), end));
        }
        between.add(text.substring(end));
        return new Wording(words, between, Negations.held(words));
    }

    /** Whether this could be one of a text's words. */
    static boolean isWord(String word) {
        return WHOLE.matcher(word).matches();
    }

    static boolean beginsIdeographic(String word) {
        return Character.isIdeographic(word.codePointAt(0));
    }

    private static boolean endsIdeographic(String word) {
        return Character.isIdeographic(word.codePointBefore(word.length()));
    }

    /** Places whose words may change. */
    List<Integer> free() {
        return IntStream.range(0, words.size())
                .filter(place -> !held.get(place))
                .boxed()
                .toList();
    }

    /** Places that another word may be put before: not within what belongs to a negation. */
    List<Integer> open() {
        return IntStream.range(0, words.size())
                .filter(place -> place == 0 || !held.get(place - 1) || !held.get(place))
                .boxed()
                .toList();
    }

    /** For each place its word alone: where an operation begins. */
    public List<List<String>> places() {
        return new ArrayList<>(words.stream().map(List::of).toList());
    }

    /** The text with these words at each place: none, one or several. */
    public String text(List<List<String>> places) {
        StringBuilder text = new StringBuilder();
        String gap = between.get(0);
        String last = "";
        for (int place = 0; place < places.size(); place++) {
            for (String word : places.get(place)) {
                text.append(last.isEmpty() ? gap : apart(last, gap, word)).append(word);
                last = word;
                gap = "";
            }
            gap = places.get(place).isEmpty() ? merged(gap, between.get(place + 1)) : between.get(place + 1);
        }
        return text.append(gap).toString().strip();
    }

    /** What has moved next to another word is not run into it. */
    private static String apart(String word, String gap, String next) {
        return gap.isEmpty() && !endsIdeographic(word) && !beginsIdeographic(next) ? " " : gap;
    }

    /** Between two words whose middle one is gone; of two spaces one. */
    private static String merged(String before, String after) {
        if (before.isBlank()) {
            return after;
        }
        return after.isBlank() ? before : before + after;
    }
}
