package dev.millrace.bench.curve;

import dev.millrace.bench.command.Progress;
import dev.millrace.bench.speed.LearningSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What the curves show; the names are those of the JSON.
 *
 * @param data the pairs' name
 * @param queries how many hit@1 was measured with
 * @param settings steps and batch
 * @param verdicts of each of ours; empty where there was no PyTorch to compare with
 */
record CurveReport(
        String data,
        int queries,
        LearningSettings settings,
        List<Curve> ours,
        List<Curve> torch,
        List<CurveVerdict> verdicts) {

    static CurveReport of(
            String data, Examination examination, LearningSettings settings, List<Curve> ours, List<Curve> torch) {
        int queries = examination.questions().queries().size();
        List<CurveVerdict> verdicts = torch.isEmpty()
                ? List.of()
                : ours.stream()
                        .map(curve -> CurveVerdict.of(curve, torch, queries))
                        .toList();
        return new CurveReport(data, queries, settings, ours, torch, verdicts);
    }

    List<String> table() {
        List<Curve> all = Stream.concat(ours.stream(), torch.stream()).toList();
        List<String> rows = new ArrayList<>();
        StringBuilder head = new StringBuilder(String.format("%-12s", "steps"));
        all.forEach(curve -> head.append(String.format("%20s", curve.name())));
        ours.stream()
                .filter(curve -> !torch.isEmpty())
                .forEach(curve -> head.append(String.format("%24s", curve.precision() + " - torch")));
        rows.add(head.toString());
        for (int from = 0; from + Progress.WINDOW <= settings.steps(); from += Progress.WINDOW) {
            rows.add(row(all, from, from + Progress.WINDOW));
        }
        rows.add(hits("hit@1 before", all.stream().map(Curve::hitBefore)));
        rows.add(hits("hit@1 after", all.stream().map(Curve::hitAfter)));
        verdicts.forEach(verdict -> rows.add(verdict.line()));
        return rows;
    }

    private String row(List<Curve> all, int from, int to) {
        StringBuilder row = new StringBuilder(String.format("%-12s", from + 1 + "-" + to));
        all.forEach(curve -> row.append(String.format(Locale.ROOT, "%20.4f", curve.mean(from, to))));
        if (!torch.isEmpty()) {
            Spread spread = Spread.of(torch, from, to);
            ours.forEach(curve -> row.append(difference(curve.mean(from, to) - spread.mean(), spread)));
        }
        return row.toString();
    }

    private static String difference(double loss, Spread spread) {
        return String.format(Locale.ROOT, "%10.4f (%+5.1f spread)", loss, loss / spread.deviation());
    }

    private static String hits(String name, Stream<Double> hits) {
        StringBuilder row = new StringBuilder(String.format("%-12s", name));
        hits.forEach(hit -> row.append(String.format(Locale.ROOT, "%20.4f", hit)));
        return row.toString();
    }
}
