package dev.millrace.trainer.learning.change;

import dev.millrace.events.record.Pair;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The words of pairs, as far as they tell whether a stream is about something else: runs of letters and digits in lower
 * case; of scripts that put no spaces between words, each sign.
 *
 * @param known those that are not new
 */
record Words(Set<String> known) {
    private static final Pattern WORD = Pattern.compile("\\p{IsIdeographic}|[\\p{L}\\p{N}&&[^\\p{IsIdeographic}]]+");

    static Words of(Collection<Pair> pairs) {
        Set<String> known = new HashSet<>();
        pairs.forEach(pair -> words(pair).forEach(known::add));
        return new Words(known);
    }

    private static Stream<String> words(Pair pair) {
        return Stream.concat(Stream.of(pair.anchor()), pair.positive().stream())
                .flatMap(text -> WORD.matcher(text.toLowerCase(Locale.ROOT)).results())
                .map(MatchResult::group);
    }

    /** Share of the pair's words that are not known, in [0, 1]; 0 of a pair without words. */
    double unknown(Pair pair) {
        List<String> words = words(pair).toList();
        long unknown = words.stream().filter(word -> !known.contains(word)).count();
        return words.isEmpty() ? 0 : (double) unknown / words.size();
    }
}
