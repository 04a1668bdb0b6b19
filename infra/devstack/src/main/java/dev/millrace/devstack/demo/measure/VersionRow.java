package dev.millrace.devstack.demo.measure;

/**
 * One version that was served.
 *
 * @param pairs the version and its ancestors were trained on
 * @param secondsSinceStart from the demo's beginning to the version's first answer
 */
public record VersionRow(String version, HeldOutMeasure.Result measured, long pairs, double secondsSinceStart) {
    public Quality quality() {
        return measured.all();
    }
}
