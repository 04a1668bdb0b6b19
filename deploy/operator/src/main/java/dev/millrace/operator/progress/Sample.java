package dev.millrace.operator.progress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of Prometheus' text format. */
record Sample(String name, Map<String, String> labels, double value) {
    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})?\\s+(\\S+).*");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** What is no sample, such as a comment or a line cut short, is passed over. */
    static List<Sample> read(String text) {
        final List<Sample> samples = new ArrayList<>();
        for (final String line : text.lines().toList()) {
            final Matcher match = LINE.matcher(line);
            if (match.matches() && isNumber(match.group(3))) {
                final String labels = match.group(2) == null ? "" : match.group(2);
                samples.add(new Sample(match.group(1), labels(labels), Double.parseDouble(match.group(3))));
            }
        }
        return samples;
    }

    private static Map<String, String> labels(String text) {
        final Map<String, String> labels = new LinkedHashMap<>();
        LABEL.matcher(text).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        return labels;
    }

    /** Java's own words for infinities are others than Prometheus', of which none is a figure of ours. */
    private static boolean isNumber(String text) {
        return text.matches("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?");
    }
}
