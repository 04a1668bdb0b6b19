package dev.millrace.devstack.demo;

import dev.millrace.devstack.demo.measure.VersionRow;
import dev.millrace.devstack.demo.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * When a run counts as passed.
 *
 * @param gain hit@1 of the last version must lie above that of the first by more than 0 and by at least this much
 * @param versions trained versions that must have been served
 */
record Goal(double gain, int versions) {

    /**
     * What the built-in data must reach. Some 200 of 2,000 questions are answered otherwise by the last version than by
     * the first, of which chance alone makes a difference of .007 (one standard error): so .03 is four of these, and
     * what is usual, .05, passes whichever way chance goes.
     */
    static Goal builtIn() {
        return new Goal(0.03, 8);
    }

    /** What can be asked of data that nobody has seen before. */
    static Goal ofUsersData() {
        return new Goal(0, 1);
    }

    /** Whether versions have risen as much as is wanted, and are as many. */
    boolean reached(List<VersionRow> rows) {
        if (rows.size() <= versions) {
            return false;
        }
        double gained = hitAt1(rows.get(rows.size() - 1)) - hitAt1(rows.get(0));
        return gained > 0 && gained >= gain;
    }

    private static double hitAt1(VersionRow row) {
        return row.quality().hitAt(1);
    }

    /** Everything that is missing; nothing is, when the run passed. */
    List<String> missing(Report report) {
        List<String> missing = new ArrayList<>();
        double gained = report.gain();
        if (gained <= 0 || gained < gain) {
            missing.add(String.format(
                    Locale.ROOT, "hit@1 moved by %+.3f, wanted %s%.3f", gained, gain > 0 ? "+" : "more than ", gain));
        }
        int trained = report.versions().size() - 1;
        if (trained < versions) {
            missing.add(trained + " trained versions were served, wanted " + versions);
        }
        if (report.failures() > 0) {
            missing.add(report.failures() + " requests failed: " + String.join("; ", report.failureReasons()));
        }
        return missing;
    }
}
