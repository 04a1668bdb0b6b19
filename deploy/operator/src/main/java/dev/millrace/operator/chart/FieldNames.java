package dev.millrace.operator.chart;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What Helm says of the chart's values, said of the spec: whoever wrote that has never seen the values. */
final class FieldNames {
    /** The longest first, so that {@code trainer.learning.preset} is not taken for {@code trainer.learning}. */
    private static final List<Field> LONGEST_FIRST = Fields.ALL.stream()
            .sorted(Comparator.comparingInt((Field field) -> field.value().length())
                    .reversed())
            .toList();

    private static final Pattern VALUES = Pattern.compile(LONGEST_FIRST.stream()
            .map(field -> Pattern.quote(field.value()))
            .collect(Collectors.joining("|", "(?<![\\w.-])(?:", ")(?![\\w-])")));

    /** Schema violations begin with a pointer: {@code '/kafka/topicPrefix': ...}. */
    private static final Pattern POINTER = Pattern.compile("(?:^|(?<=; ))'/?([\\w./-]*)'(?=: )");

    private FieldNames() {}

    static String translate(String message) {
        return names(POINTER.matcher(message)
                .replaceAll(
                        found -> Matcher.quoteReplacement(pointed(found.group(1).replace('/', '.')))));
    }

    /** What has no field of its own was said among the values. */
    private static String pointed(String value) {
        return names(value).equals(value) ? ("spec.values." + value).replaceFirst("\\.$", "") : value;
    }

    private static String names(String text) {
        return VALUES.matcher(text).replaceAll(found -> Matcher.quoteReplacement("spec." + field(found.group())));
    }

    private static String field(String value) {
        return LONGEST_FIRST.stream()
                .filter(field -> field.value().equals(value))
                .findFirst()
                .orElseThrow()
                .spec();
    }
}
