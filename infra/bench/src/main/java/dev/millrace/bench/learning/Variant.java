package dev.millrace.bench.learning;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A way to learn.
 *
 * @param name the row of the table
 * @param settings keys of {@code millrace.learning}, without the prefix, and their values; the others are the trainer's defaults
 */
public record Variant(String name, SortedMap<String, String> settings) {
    /** {@code settings}: keys and values, one after the other. */
    public static Variant of(String name, String... settings) {
        SortedMap<String, String> map = new TreeMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        return new Variant(name, map);
    }

    /** Out of {@code name: key=value; key=value}. */
    static Variant parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("--variant must be like \"my way: objective=angle; batch-pairs=32\"");
        }
        SortedMap<String, String> settings = new TreeMap<>();
        for (String setting : text.substring(colon + 1).split(";", -1)) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("--variant: \"" + setting.strip() + "\" is not key=value");
            }
            settings.put(
                    setting.substring(0, equals).strip(),
                    setting.substring(equals + 1).strip());
        }
        return new Variant(text.substring(0, colon).strip(), settings);
    }

    /**
     * Those of the table that are asked for by name, and the user's own.
     *
     * @param only names of the table; none: all of it, unless there are own ones
     * @throws IllegalArgumentException when a name is not in the table, or one of the own is no {@link #parse variant}
     */
    static List<Variant> chosen(List<Variant> table, Set<String> only, List<String> own) {
        List<String> names = table.stream().map(Variant::name).toList();
        if (!names.containsAll(only)) {
            throw new IllegalArgumentException("--only: there are " + names);
        }
        boolean all = only.isEmpty() && own.isEmpty();
        return Stream.concat(
                        table.stream().filter(variant -> all || only.contains(variant.name())),
                        own.stream().map(Variant::parse))
                .toList();
    }

    /** With one setting more, or another value of it. */
    public Variant with(String key, String value) {
        SortedMap<String, String> more = new TreeMap<>(settings);
        more.put(key, value);
        return new Variant(name, more);
    }
}
