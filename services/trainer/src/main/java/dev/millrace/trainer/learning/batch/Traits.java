package dev.millrace.trainer.learning.batch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What examples have in common that one batch should not be full of. */
@FunctionalInterface
public interface Traits {
    /** A word in more than this share of the examples names nothing. */
    double COMMON = 0.3;

    /** What to look for among these examples. */
    Function<Example, Set<String>> among(List<Example> examples);

    /**
     * Words that several examples share and that not everybody uses, such as a product's name. Where such a name tells
     * positives from negatives by itself it is all that in-batch learning looks at; and where a batch is full of it, it
     * is ignored though it matters.
     */
    static Traits words() {
        return examples -> {
            Map<String, Integer> frequency = new HashMap<>();
            examples.forEach(example -> words(example).forEach(word -> frequency.merge(word, 1, Integer::sum)));
            return example -> words(example).stream()
                    .filter(word ->
                            frequency.getOrDefault(word, 0) > 1 && frequency.get(word) <= COMMON * examples.size())
                    .collect(Collectors.toSet());
        };
    }

    /** Texts: a batch that has one twice has fewer to compare with. */
    static Traits texts() {
        return examples -> Traits::texts;
    }

    /** Groups, and texts besides: what belongs together has nothing to tell apart. */
    static Traits groups() {
        return examples -> example -> {
            Set<String> traits = new HashSet<>(texts(example));
            example.group().ifPresent(group -> traits.add("group " + group));
            return traits;
        };
    }

    private static Set<String> texts(Example example) {
        return sides(example).map(text -> "text " + text).collect(Collectors.toSet());
    }

    private static Set<String> words(Example example) {
        return sides(example)
                .flatMap(text -> Stream.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }

    private static Stream<String> sides(Example example) {
        return Stream.concat(Stream.of(example.anchor()), example.second().stream());
    }
}
