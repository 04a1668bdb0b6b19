package dev.millrace.service.range;

import java.util.function.Function;

/** The two ends of a range. */
record Ends<T extends Comparable<? super T>>(T least, T most) {
    private static final String BETWEEN = " .. ";

    /** Out of its text; an IllegalArgumentException where that is no range, which is a mistake in a program. */
    static <T extends Comparable<? super T>> Ends<T> of(String range, Function<String, T> reading) {
        int middle = range.indexOf(BETWEEN);
        if (middle < 0) {
            throw new IllegalArgumentException("\"" + range + "\" is no range: two ends with \" .. \" between");
        }
        Ends<T> ends = new Ends<>(
                reading.apply(range.substring(0, middle)), reading.apply(range.substring(middle + BETWEEN.length())));
        if (ends.least.compareTo(ends.most) > 0) {
            throw new IllegalArgumentException("\"" + range + "\" ends before it begins");
        }
        return ends;
    }

    boolean hold(T value) {
        return least.compareTo(value) <= 0 && value.compareTo(most) <= 0;
    }
}
