package dev.millrace.devstack.demo;

import dev.millrace.devstack.demo.data.Dataset;
import dev.millrace.devstack.demo.measure.Quality;
import dev.millrace.devstack.demo.measure.Questions;
import dev.millrace.devstack.demo.measure.VersionRow;
import dev.millrace.devstack.demo.report.Report;
import dev.millrace.devstack.demo.traffic.Posting;
import dev.millrace.devstack.demo.traffic.SimulatedUser;
import dev.millrace.devstack.process.Screen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Tells a person what happens, while it happens. */
final class Narrator {
    private final Screen screen;
    private final Instant begin;

    Narrator(Screen screen, Instant begin) {
        this.screen = screen;
        this.begin = begin;
    }

    void opening(Dataset data, Questions questions) {
        say("");
        say(
                "%s: %,d examples in %,d chapters arrive one after the other",
                data.name(), data.size(), data.chapters().size());
        data.notes().forEach(note -> say("  %s", note));
        say("  1 in %d is searched with the encoder itself instead of being posted as a pair;", Posting.SEARCHED);
        say("  %s", SimulatedUser.statement());
        say(
                "held out: %,d queries, each ranking %,d candidates",
                questions.queries().size(), questions.candidates().size());
        say(
                "  hit@k = share of them with a right document among the first k;"
                        + " noMatch = with none among the first %d",
                Quality.DEPTH);
        say("");
    }

    void progress(Report.Sent sent, long windows, List<VersionRow> rows, String served) {
        say(
                "%s  sent %,6d pairs, %,5d searches, %,4d clicks | %2d windows trained | serving %s%s",
                clock(Duration.between(begin, Instant.now())),
                sent.pairs(),
                sent.searches(),
                sent.clicks(),
                windows,
                served,
                rows.stream()
                        .reduce((first, second) -> second)
                        .map(row -> String.format(
                                Locale.ROOT, " | hit@1 %.3f", row.quality().hitAt(1)))
                        .orElse(""));
    }

    void measured(VersionRow row) {
        say(
                "%s  version %s after %,d pairs: hit@1 %.3f  hit@5 %.3f  noMatch %.3f",
                clock(Duration.ofMillis((long) (row.secondsSinceStart() * 1000))),
                row.version(),
                row.pairs(),
                row.quality().hitAt(1),
                row.quality().hitAt(Quality.DEPTH),
                row.quality().noMatch());
    }

    void missed(String version, String reason) {
        say("  version %s could not be measured: %s", version, reason);
    }

    private void say(String format, Object... values) {
        screen.line(String.format(Locale.ROOT, format, values));
    }

    private static String clock(Duration time) {
        return String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }
}
