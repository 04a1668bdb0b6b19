package dev.millrace.devstack.demo.report;

import dev.millrace.devstack.demo.measure.Quality;
import java.util.Locale;
import java.util.stream.Collectors;

/** The run as one self-contained page: the chart, the summary, and every domain's way through the versions. */
public final class QualityPage {
    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Millrace demo: quality over versions</title>
            <style>
            body { font: 14px/1.5 system-ui, sans-serif; color: #222; max-width: 900px; margin: 2em auto; }
            h1 { font-size: 20px; } h2 { font-size: 16px; margin-top: 2em; }
            svg text { font: 12px system-ui, sans-serif; fill: #555; }
            table { border-collapse: collapse; font-size: 12px; font-variant-numeric: tabular-nums; }
            td, th { padding: 1px 7px; text-align: right; } td:first-child, th:first-child { text-align: left; }
            </style></head><body>
            """;
    private static final double FULL_COLOUR = 0.25;

    private QualityPage() {}

    public static String html(Report report) {
        String summary =
                Tables.summary(report).stream().map(QualityPage::escape).collect(Collectors.joining("<br>\n"));
        return HEAD
                + format(
                        "<h1>%s: hit@1 %.3f &rarr; %.3f</h1>\n<p>%,d held-out queries, each ranking %,d candidates.</p>\n",
                        escape(report.data().name()),
                        report.first().quality().hitAt(1),
                        report.last().quality().hitAt(1),
                        report.questions().queries().size(),
                        report.questions().candidates().size())
                + QualityChart.svg(report) + "\n<p>" + summary + "</p>\n<h2>hit@1 by domain, in percent</h2>\n"
                + domains(report) + "</body></html>\n";
    }

    private static String domains(Report report) {
        String versions = report.versions().stream()
                .map(row -> "<th>" + escape(row.version().split("-", 2)[0]) + "</th>")
                .collect(Collectors.joining());
        String rows = report.last().measured().domains().keySet().stream()
                .map(domain -> domain(report, domain))
                .collect(Collectors.joining());
        return "<table><tr><th>domain</th><th>queries</th>" + versions + "</tr>\n" + rows + "</table>\n";
    }

    /** Green where a version is above version 0, red where it is below. */
    private static String domain(Report report, String name) {
        Quality first = report.first().measured().domains().get(name);
        String cells = report.versions().stream()
                .map(row -> row.measured().domains().get(name).hitAt(1))
                .map(hit -> format("<td style=\"background:%s\">%.0f</td>", colour(hit - first.hitAt(1)), 100 * hit))
                .collect(Collectors.joining());
        return format("<tr><td>%s</td><td>%d</td>%s</tr>\n", escape(name), first.queries(), cells);
    }

    private static String colour(double change) {
        double strength = Math.min(1, Math.abs(change) / FULL_COLOUR) / 2;
        return format("rgba(%s,%.2f)", change < 0 ? "192,57,43" : "39,140,90", strength);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
