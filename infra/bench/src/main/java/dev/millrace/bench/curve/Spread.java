package dev.millrace.bench.curve;

import java.util.List;

/** Mean loss of some steps over seeds, and the standard deviation between them. */
record Spread(double mean, double deviation) {

    /** Of the steps [from, to) of at least two curves. */
    static Spread of(List<Curve> seeds, int from, int to) {
        double[] means =
                seeds.stream().mapToDouble(curve -> curve.mean(from, to)).toArray();
        double sum = 0;
        for (double value : means) {
            sum += value;
        }
        double mean = sum / means.length;
        double squares = 0;
        for (double value : means) {
            squares += (value - mean) * (value - mean);
        }
        return new Spread(mean, Math.sqrt(squares / (means.length - 1)));
    }
}
