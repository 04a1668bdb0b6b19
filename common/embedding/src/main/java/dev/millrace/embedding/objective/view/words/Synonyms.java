package dev.millrace.embedding.objective.view.words;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Words and what may be said instead of each. Out of a file in UTF-8 with a line for each word: the word, a tab, its synonyms
 * separated by commas; blank lines, and those that begin with {@code #}, are for people. Upper and lower case are one.
 */
public final class Synonyms {
    /** No word has any. */
    public static final Synonyms NONE = new Synonyms(Map.of());

    /** Characters of a word, and of a synonym, at most. */
    static final int LONGEST = 64;
    /** Bytes of a file at most: WordNet's words are some five million. */
    static final long LARGEST = 32L << 20;

    /** Some tools of Windows write one. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final char NOT_UTF_8 = '\uFFFD';
    private static final String LINE =
            "\" is not a word, a tab and its synonyms separated by commas, in UTF-8 and of 1.." + LONGEST
                    + " characters each";
    private static final int SHOWN = 80;

    private final Map<String, List<String>> byWord;
    /** Ideographs of the longest word of them, at least 1. */
    private final int longest;

    private Synonyms(Map<String, List<String>> byWord) {
        this.byWord = Map.copyOf(byWord);
        longest = byWord.keySet().stream()
                .filter(Wording::beginsIdeographic)
                .mapToInt(word -> word.codePointCount(0, word.length()))
                .max()
                .orElse(1);
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException naming the file, and the line where one is wrong: no word with synonyms, a word that is never
     *     found since texts are cut otherwise (with a space in it, say), one that was there before; or a file above 32 MiB
     */
    public static Synonyms read(Path file) {
        List<String> lines = lines(file);
        Map<String, List<String>> byWord = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            add(byWord, lines.get(i), file + ", line " + (i + 1) + ": ");
        }
        return new Synonyms(byWord);
    }

    private static List<String> lines(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new IllegalArgumentException(file + " has more than " + LARGEST + " bytes");
            }
            // What is not UTF-8 becomes a replacement character, so that its line can be named.
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e, e);
        }
    }

    private static void add(Map<String, List<String>> byWord, String line, String place) {
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        String[] parts = line.split("\t", -1);
        List<String> synonyms = Arrays.stream(parts[parts.length - 1].split(",", -1))
                .map(String::strip)
                .toList();
        String word = parts[0].strip().toLowerCase(Locale.ROOT);
        if (parts.length != 2 || !fits(word) || !synonyms.stream().allMatch(Synonyms::fits)) {
            throw new IllegalArgumentException(place + "\"" + line.substring(0, Math.min(SHOWN, line.length())) + LINE);
        }
        if (!Wording.isWord(word)) {
            throw new IllegalArgumentException(place + "\"" + word + "\" is never one word of a text");
        }
        if (byWord.containsKey(word)) {
            throw new IllegalArgumentException(place + "\"" + word + "\" was there before");
        }
        byWord.put(word, unlike(word, synonyms));
    }

    private static boolean fits(String word) {
        return !word.isEmpty() && word.length() <= LONGEST && word.indexOf(NOT_UTF_8) < 0;
    }

    /** One that negates would not say the same wherever it is put. */
    private static List<String> unlike(String word, List<String> synonyms) {
        return synonyms.stream()
                .filter(synonym -> !synonym.equalsIgnoreCase(word) && !Negations.negates(synonym))
                .distinct()
                .toList();
    }

    /** What may be said instead of a word; none for one that is not known. */
    List<String> of(String word) {
        return byWord.getOrDefault(word.toLowerCase(Locale.ROOT), List.of());
    }

    /** Where the longest known word of ideographs ends that begins here; behind one ideograph where none is known. */
    int end(String text, int start) {
        int most = start;
        for (int i = 0; i < longest && most < text.length() && Character.isIdeographic(text.codePointAt(most)); i++) {
            most = text.offsetByCodePoints(most, 1);
        }
        int least = text.offsetByCodePoints(start, 1);
        for (int end = most; end > least; end = text.offsetByCodePoints(end, -1)) {
            String word = text.substring(start, end);
            if (byWord.containsKey(word) && !Negations.negates(word)) {
                return end;
            }
        }
        return least;
    }
}
