package dev.millrace.operator.chart;

/** Helm did not render the chart; the message is its own. */
final class HelmRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    HelmRefusedException(String message) {
        super(message);
    }
}
