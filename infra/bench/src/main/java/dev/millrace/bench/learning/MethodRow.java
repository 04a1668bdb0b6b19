package dev.millrace.bench.learning;

import dev.millrace.evaluate.measure.Result;
import dev.millrace.evaluate.report.Table;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a way to learn came to, over its seeds; the names are those of the JSON.
 *
 * @param settings keys of {@code millrace.learning} that differ from the trainer's defaults
 * @param figures means over the seeds
 * @param spread of hit@1: sample standard deviation over the seeds, 0 for one
 * @param counts for how many queries the right answer came at place 1 to 5 and, last, not among them; of the first seed
 * @param tokensPerPair in all batches, for each pair of the stream
 * @param seconds of learning, mean over the seeds
 */
record MethodRow(
        String method,
        SortedMap<String, String> settings,
        Map<String, Double> figures,
        double spread,
        List<Integer> counts,
        double tokensPerPair,
        double seconds) {

    /** One run: what was measured and what it took. */
    record Trial(Result result, double tokensPerPair, double seconds) {}

    static MethodRow of(Variant variant, List<Trial> trials) {
        Map<String, Double> means = new LinkedHashMap<>();
        trials.get(0).result().figures().keySet().forEach(name -> means.put(name, mean(trials, name)));
        double mean = means.getOrDefault("hit@1", 0.0);
        double squares = trials.stream()
                .mapToDouble(trial -> trial.result().figures().getOrDefault("hit@1", 0.0) - mean)
                .map(difference -> difference * difference)
                .sum();
        return new MethodRow(
                variant.name(),
                variant.settings(),
                Collections.unmodifiableMap(means),
                trials.size() > 1 ? Math.sqrt(squares / (trials.size() - 1)) : 0,
                trials.get(0).result().counts(),
                trials.stream().mapToDouble(Trial::tokensPerPair).average().orElse(0),
                trials.stream().mapToDouble(Trial::seconds).average().orElse(0));
    }

    private static double mean(List<Trial> trials, String name) {
        return trials.stream()
                .mapToDouble(trial -> trial.result().figures().get(name))
                .average()
                .orElse(0);
    }

    static List<String> table(List<MethodRow> rows) {
        Table table = new Table(List.of(
                "method",
                "1",
                "2",
                "3",
                "4",
                "5",
                "none",
                "hit@1",
                "+-",
                "hit@5",
                "mrr",
                "ndcg@10",
                "tokens/pair",
                "s"));
        rows.forEach(row -> table.row(row.cells()));
        return table.lines();
    }

    private List<String> cells() {
        return List.of(
                method,
                count(0),
                count(1),
                count(2),
                count(3),
                count(4),
                count(5),
                figure("hit@1"),
                String.format(Locale.ROOT, "%.4f", spread),
                figure("hit@5"),
                figure("mrr"),
                figure("ndcg@10"),
                String.format(Locale.ROOT, "%.1f", tokensPerPair),
                String.format(Locale.ROOT, "%.0f", seconds));
    }

    private String count(int place) {
        return place < counts.size() ? Integer.toString(counts.get(place)) : "-";
    }

    private String figure(String name) {
        return figures.containsKey(name) ? String.format(Locale.ROOT, "%.4f", figures.get(name)) : "-";
    }
}
