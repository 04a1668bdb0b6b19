package dev.millrace.bench.lineage;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What something cost whoever did it; the names are those of the JSON.
 *
 * @param work what was done
 * @param versions how many versions the lineage had when that was begun to be measured
 * @param requests to the bucket each time, on average
 * @param listed keys that listings brought, each time on average
 * @param most requests that any took
 * @param milliseconds that half of them took less than, whatever else the machine did
 * @param processor milliseconds that the asking thread computed, half of them less
 */
record Cost(
        String work, long versions, double requests, double listed, long most, double milliseconds, double processor) {
    private static final double REQUESTS = 16;
    private static final double LISTED = 256;
    private static final double MILLISECONDS = 1;
    private static final double MORE = 1.25;
    private static final double SLOWER = 3;

    /** One time. */
    record Once(Calls calls, double milliseconds, double processor) {}

    static Cost of(String work, long versions, List<Once> times) {
        return new Cost(
                work,
                versions,
                mean(times, once -> once.calls().requests()),
                mean(times, once -> once.calls().listed()),
                times.stream().mapToLong(once -> once.calls().requests()).max().orElse(0),
                median(times, Once::milliseconds),
                median(times, Once::processor));
    }

    private static double median(List<Once> times, ToDoubleFunction<Once> figure) {
        return times.stream()
                .mapToDouble(figure)
                .sorted()
                .skip(times.size() / 2)
                .findFirst()
                .orElse(0);
    }

    private static double mean(List<Once> times, ToDoubleFunction<Once> figure) {
        return times.stream().mapToDouble(figure).average().orElse(0);
    }

    /**
     * Whether it costs no more than with a short lineage: not a quarter more requests and keys (and 16 and 256, for what grows with
     * the logarithm, and for the hundred names that a short lineage has not yet), and not three times the computing.
     */
    boolean isFlatBeside(Cost shorter) {
        return requests <= MORE * shorter.requests + REQUESTS
                && listed <= MORE * shorter.listed + LISTED
                && processor <= SLOWER * shorter.processor + MILLISECONDS;
    }

    static String head() {
        return String.format(
                "%-12s %10s %12s %12s %12s %12s %12s",
                "work", "versions", "requests", "most", "keys listed", "ms", "ms processor");
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%-12s %,10d %12.1f %12d %12.1f %12.2f %12.2f",
                work,
                versions,
                requests,
                most,
                listed,
                milliseconds,
                processor);
    }
}
