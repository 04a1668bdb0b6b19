package dev.millrace.devstack.demo.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One line of a WordNet data file, as far as the demo needs it; the format is documented in wndb(5WN).
 *
 * @param id offset and part of speech, unique in WordNet
 * @param domain number of the lexicographer file it was written in
 * @param gloss the definition without the quoted examples after it
 */
record Synset(String id, int domain, List<String> words, String gloss) {
    private static final Pattern EXAMPLES = Pattern.compile(";\\s*\"");
    private static final Pattern MARKER = Pattern.compile("\\([a-z]+\\)$");
    private static final int HEAD = 4;

    Synset {
        words = List.copyOf(words);
    }

    /** Empty for the licence at the top of each file, and for entries that quote an example instead of defining. */
    static Optional<Synset> parse(String line) {
        int bar = line.indexOf('|');
        if (line.startsWith(" ") || bar < 0) {
            return Optional.empty();
        }
        List<String> head = Arrays.asList(line.substring(0, bar).split(" "));
        String gloss = EXAMPLES.split(line.substring(bar + 1).strip(), 2)[0].strip();
        if (gloss.isEmpty() || gloss.contains("\"")) {
            return Optional.empty();
        }
        return Optional.of(new Synset(head.get(0) + head.get(2), Integer.parseInt(head.get(1)), words(head), gloss));
    }

    private static List<String> words(List<String> head) {
        return IntStream.range(0, Integer.parseInt(head.get(3), 16))
                .mapToObj(i -> head.get(HEAD + 2 * i))
                .map(word -> MARKER.matcher(word).replaceFirst("").replace('_', ' '))
                .toList();
    }

    /** The word and its synonyms. */
    String document() {
        return String.join(", ", words);
    }
}
