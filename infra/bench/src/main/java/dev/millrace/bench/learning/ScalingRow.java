package dev.millrace.bench.learning;

import dev.millrace.evaluate.report.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What trainers came to together; the names are those of the JSON.
 *
 * @param stream in which order the pairs came
 * @param outer rate, momentum and scaling of the outer step
 * @param hit hit@1 at the end, mean over the phases
 * @param difference of it to one trainer's on the same stream
 * @param bytesPerPair of all contributions, for each pair of the stream
 * @param steps of all trainers' optimizers
 * @param seconds of learning, all trainers' added up
 */
record ScalingRow(
        String stream,
        int trainers,
        String codec,
        String outer,
        double hit,
        double difference,
        double bytesPerPair,
        int rounds,
        long steps,
        double seconds) {
    private static final double KILO = 1000;
    private static final double PERCENT = 100;

    /** With no other to compare it with. */
    static ScalingRow of(PairOrder order, Together way, TrainersTogether run, double[] hits) {
        return new ScalingRow(
                order.name().toLowerCase(Locale.ROOT),
                way.trainers(),
                way.codec().key(),
                way.outer(),
                Arrays.stream(hits).average().orElse(0),
                0,
                run.pairs() == 0 ? 0 : (double) run.bytes() / run.pairs(),
                run.rounds(),
                run.steps(),
                run.seconds());
    }

    ScalingRow beside(ScalingRow alone) {
        return new ScalingRow(
                stream, trainers, codec, outer, hit, hit - alone.hit, bytesPerPair, rounds, steps, seconds);
    }

    static List<String> table(List<ScalingRow> rows) {
        Table table = new Table(
                List.of("stream", "trainers", "codec", "outer", "hit@1", "points", "kB/pair", "rounds", "steps", "s"));
        rows.forEach(row -> table.row(List.of(
                row.stream,
                Integer.toString(row.trainers),
                row.codec,
                row.outer,
                number("%.4f", row.hit),
                number("%+.2f", PERCENT * row.difference),
                number("%.1f", row.bytesPerPair / KILO),
                Integer.toString(row.rounds),
                Long.toString(row.steps),
                number("%.0f", row.seconds))));
        return table.lines();
    }

    private static String number(String format, double figure) {
        return String.format(Locale.ROOT, format, figure);
    }
}
