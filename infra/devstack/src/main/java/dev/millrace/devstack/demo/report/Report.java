package dev.millrace.devstack.demo.report;

import dev.millrace.devstack.demo.data.Dataset;
import dev.millrace.devstack.demo.measure.Questions;
import dev.millrace.devstack.demo.measure.VersionRow;
import dev.millrace.devstack.demo.stack.Traffic;
import dev.millrace.devstack.demo.traffic.Freshness;
import dev.millrace.devstack.demo.traffic.Percentiles;
import java.util.List;

/**
 * What a run has shown.
 *
 * @param versions in the order in which they were served
 * @param traffic what all requests came to
 */
public record Report(
        Dataset data, Questions questions, List<VersionRow> versions, Sent sent, Speed speed, Traffic traffic) {
    public Report {
        versions = List.copyOf(versions);
    }

    /** What was posted. */
    public record Sent(long pairs, long searches, long clicks) {}

    /**
     * How fast it went.
     *
     * @param seconds of the whole run
     */
    public record Speed(Freshness.Result freshness, Percentiles reloadMillis, double seconds) {}

    public double gain() {
        return last().quality().hitAt(1) - first().quality().hitAt(1);
    }

    VersionRow first() {
        return versions.get(0);
    }

    public VersionRow last() {
        return versions.get(versions.size() - 1);
    }

    public int failures() {
        return traffic.failures();
    }

    public List<String> failureReasons() {
        return traffic.reasons();
    }
}
