package dev.millrace.bench.curve;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a curve of ours is one that PyTorch could have learned under another dropout seed. The names are those of the JSON.
 *
 * @param loss mean over the last fifth of the steps
 * @param torchLoss the same, mean over PyTorch's seeds
 * @param spread standard deviation that a PyTorch seed makes in it
 * @param difference of loss to torchLoss
 * @param hitDifference of hit@1 after to the mean of PyTorch's
 * @param objections empty: passed
 */
record CurveVerdict(
        String name,
        double loss,
        double torchLoss,
        double spread,
        double difference,
        double hitDifference,
        List<String> objections) {
    /** A run is judged in so many parts: the last for the verdict, all but the first for the spread. */
    private static final int PARTS = 5;

    /** Three seeds estimate a spread so roughly that at three of them one honest run in thirty would fail; at four, in a hundred. */
    private static final double MOST_SPREADS = 4;

    private static final double LEAST_SHARE = 0.02;
    private static final double LEAST_HIT = 0.01;
    /** Times one over the root of the queries: what chance moves between two runs that miss about one query in ten. */
    private static final double HIT_NOISE = 0.4;

    CurveVerdict {
        objections = List.copyOf(objections);
    }

    /**
     * Judges one of ours.
     *
     * @param torch at least two seeds
     * @param queries how many hit@1 was measured with
     */
    static CurveVerdict of(Curve ours, List<Curve> torch, int queries) {
        int steps = ours.losses().size();
        int from = steps - steps / PARTS;
        double loss = ours.mean(from, steps);
        double torchLoss = Spread.of(torch, from, steps).mean();
        double spread = spread(torch, steps) * torchLoss;
        double hit = torch.stream().mapToDouble(Curve::hitAfter).average().orElseThrow();
        double worst = torch.stream().mapToDouble(Curve::hitAfter).min().orElseThrow();
        double hitSlack = Math.max(LEAST_HIT, HIT_NOISE / Math.sqrt(queries));
        double lossSlack = Math.max(MOST_SPREADS * spread, LEAST_SHARE * torchLoss);
        List<String> objections = new ArrayList<>();
        // Negated, so that what is not a number does not pass.
        if (!(Math.abs(loss - torchLoss) <= lossSlack)) {
            objections.add(text("loss %.4f is not within %.4f of torch's %.4f", loss, lossSlack, torchLoss));
        }
        if (!(ours.hitAfter() >= worst - hitSlack)) {
            objections.add(text(
                    "hit@1 %.4f is more than %.4f below torch's worst seed, %.4f", ours.hitAfter(), hitSlack, worst));
        }
        return new CurveVerdict(
                ours.name(), loss, torchLoss, spread, loss - torchLoss, ours.hitAfter() - hit, objections);
    }

    /** Of three seeds a single deviation says little; relative ones of four parts of the run are put together. */
    private static double spread(List<Curve> torch, int steps) {
        double squares = 0;
        for (int part = 1; part < PARTS; part++) {
            Spread of = Spread.of(torch, part * steps / PARTS, (part + 1) * steps / PARTS);
            squares += Math.pow(of.deviation() / of.mean(), 2);
        }
        return Math.sqrt(squares / (PARTS - 1));
    }

    boolean passed() {
        return objections.isEmpty();
    }

    String line() {
        return text(
                "%s %-14s loss of the last fifth %.4f, torch's %.4f: %+.4f = %+.2f %% = %+.1f spreads; hit@1 %+.4f%s",
                passed() ? "PASSED    " : "NOT PASSED",
                name,
                loss,
                torchLoss,
                difference,
                100 * difference / torchLoss,
                difference / spread,
                hitDifference,
                passed() ? "" : "; " + String.join("; ", objections));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
