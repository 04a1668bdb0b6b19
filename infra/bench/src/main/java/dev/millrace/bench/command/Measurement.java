package dev.millrace.bench.command;

import java.util.Arrays;
import java.util.List;

/** The figures of one contender's work; the names are those of the JSON. */
public record Measurement(
        String work, String who, String precision, String unit, double median, double min, double max, int runs) {

    public static Measurement of(Work work, Contender contender, List<Double> figures) {
        double[] sorted = figures.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        double median = (sorted[last / 2] + sorted[sorted.length / 2]) / 2;
        return new Measurement(
                work.name(),
                contender.who(),
                contender.precision(),
                work.kind().unit(),
                median,
                sorted[0],
                sorted[last],
                sorted.length);
    }

    /** How many times the other's speed this is: above 1 where it is faster. */
    double speedOver(Measurement other) {
        return unit.equals(Work.Kind.ENCODE.unit()) ? median / other.median : other.median / median;
    }
}
