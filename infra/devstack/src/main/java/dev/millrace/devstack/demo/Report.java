package dev.millrace.devstack.demo;

import java.util.List;

/**
 * What a run has shown.
 *
 * @param versions in the order in which they were served
 * @param traffic what all requests came to
 */
record Report(Dataset data, Questions questions, List<VersionRow> versions, Sent sent, Speed speed, Traffic traffic) {
    Report {
        versions = List.copyOf(versions);
    }

    /** What was posted. */
    record Sent(long pairs, long searches, long clicks) {}

    /**
     * How fast it went.
     *
     * @param seconds of the whole run
     */
    record Speed(Freshness.Result freshness, Percentiles reloadMillis, double seconds) {}

    double gain() {
        return last().quality().hitAt(1) - first().quality().hitAt(1);
    }

    VersionRow first() {
        return versions.get(0);
    }

    VersionRow last() {
        return versions.get(versions.size() - 1);
    }

    int failures() {
        return traffic.failures();
    }

    List<String> failureReasons() {
        return traffic.reasons();
    }
}
