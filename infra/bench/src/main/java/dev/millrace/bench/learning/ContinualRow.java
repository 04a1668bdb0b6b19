package dev.millrace.bench.learning;

import dev.millrace.evaluate.report.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * What a way to learn a stream came to; the names are those of the JSON.
 *
 * @param settings keys of {@code millrace.learning} that differ from the trainer's defaults
 * @param hits hit@1 of every phase, before learning and after each phase of the stream
 * @param finalHit mean over phases at the end
 * @param forgetting mean over all phases but the last of what was lost since its best (Chaudhry et al. 2018)
 * @param backwardTransfer mean over the same of what came to it since it was learned (Lopez-Paz and Ranzato 2017)
 * @param examples pairs in all batches, learned again ones included
 * @param seconds of learning
 */
record ContinualRow(
        String way,
        SortedMap<String, String> settings,
        List<double[]> hits,
        double finalHit,
        double forgetting,
        double backwardTransfer,
        long examples,
        double seconds) {

    static ContinualRow of(Variant variant, List<double[]> hits, LearningRun.Spent spent) {
        return new ContinualRow(
                variant.name(),
                variant.settings(),
                List.copyOf(hits),
                mean(hits.get(hits.size() - 1)),
                forgetting(hits),
                backwardTransfer(hits),
                spent.examples(),
                spent.seconds());
    }

    /** Rows of {@code hits} are times, 0 before learning, {@code i} after phase {@code i}; its columns phases. */
    static double forgetting(List<double[]> hits) {
        return past(hits)
                .mapToDouble(phase -> IntStream.range(phase + 1, hits.size())
                                .mapToDouble(time -> hits.get(time)[phase])
                                .max()
                                .orElseThrow()
                        - last(hits)[phase])
                .average()
                .orElse(0);
    }

    /** As {@link #forgetting} has them. */
    static double backwardTransfer(List<double[]> hits) {
        return past(hits)
                .mapToDouble(phase -> last(hits)[phase] - hits.get(phase + 1)[phase])
                .average()
                .orElse(0);
    }

    /** Phases after which others came; none where nothing was measured in between. */
    private static IntStream past(List<double[]> hits) {
        return IntStream.range(0, hits.size() - 2);
    }

    private static double[] last(List<double[]> hits) {
        return hits.get(hits.size() - 1);
    }

    private static double mean(double[] figures) {
        return Arrays.stream(figures).average().orElse(0);
    }

    static List<String> table(List<ContinualRow> rows) {
        Table table =
                new Table(List.of("way", "hit@1", "forgetting", "backward", "pairs", "s", "by phase, at the end"));
        rows.forEach(row -> table.row(List.of(
                row.way,
                number(row.finalHit),
                number(row.forgetting),
                number(row.backwardTransfer),
                Long.toString(row.examples),
                String.format(Locale.ROOT, "%.0f", row.seconds),
                String.join(
                        " ",
                        Arrays.stream(last(row.hits))
                                .mapToObj(hit -> String.format(Locale.ROOT, "%.3f", hit))
                                .toList()))));
        return table.lines();
    }

    private static String number(double figure) {
        return String.format(Locale.ROOT, "%.4f", figure);
    }
}
