package dev.millrace.bench;

import dev.millrace.embedding.Precision;
import java.util.Arrays;
import java.util.Locale;

/** The figures of one work; the names are those of the JSON. */
record Measurement(
        String work, String who, String precision, String unit, double median, double min, double max, int runs) {

    static Measurement of(Work work, Precision precision, double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        double median = (sorted[last / 2] + sorted[sorted.length / 2]) / 2;
        return new Measurement(
                work.name(),
                "millrace",
                precision.name().toLowerCase(Locale.ROOT),
                work.unit(),
                median,
                sorted[0],
                sorted[last],
                sorted.length);
    }
}
