package dev.millrace.devstack.demo.report;

import dev.millrace.devstack.demo.measure.Quality;
import dev.millrace.devstack.demo.measure.VersionRow;
import dev.millrace.devstack.demo.traffic.Freshness;
import dev.millrace.devstack.demo.traffic.Percentiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The run's figures as text: one table by version, one by domain. */
public final class Tables {
    private static final int MOST_DOMAINS = 45;

    private Tables() {}

    public static List<String> of(Report report) {
        return Stream.of(List.of(""), byDomain(report), List.of(""), byVersion(report), List.of(""), summary(report))
                .flatMap(List::stream)
                .toList();
    }

    static List<String> byVersion(Report report) {
        List<String> lines = new ArrayList<>();
        lines.add("version            pairs  seconds   hit@1  hit@2  hit@3  hit@4  hit@5  noMatch");
        for (VersionRow row : report.versions()) {
            String hits = row.quality().hitAt().stream()
                    .map(hit -> String.format(Locale.ROOT, "%.3f", hit))
                    .collect(Collectors.joining("  "));
            lines.add(String.format(
                    Locale.ROOT,
                    "%-16s %7d %8.1f   %s    %.3f",
                    row.version(),
                    row.pairs(),
                    row.secondsSinceStart(),
                    hits,
                    row.quality().noMatch()));
        }
        return lines;
    }

    /** hit@1 in percent, a column per version; the domains with the most queries. */
    static List<String> byDomain(Report report) {
        Map<String, Quality> last = report.last().measured().domains();
        List<String> domains = last.keySet().stream()
                .sorted(Comparator.<String>comparingInt(
                                domain -> -last.get(domain).queries())
                        .thenComparing(domain -> domain))
                .limit(MOST_DOMAINS)
                .toList();
        int width = domains.stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        lines.add("hit@1 by domain, in percent, a column per version"
                + (domains.size() < last.size()
                        ? " (the " + domains.size() + " largest of " + last.size() + " domains; all are in report.json)"
                        : ""));
        for (String domain : domains) {
            String hits = report.versions().stream()
                    .map(row -> String.format(
                            Locale.ROOT,
                            "%4.0f",
                            100 * row.measured().domains().get(domain).hitAt(1)))
                    .collect(Collectors.joining());
            lines.add(String.format(
                    Locale.ROOT,
                    "%-" + width + "s %5d queries %s",
                    domain,
                    last.get(domain).queries(),
                    hits));
        }
        return lines;
    }

    static List<String> summary(Report report) {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "posted     %,d pairs, %,d searches, %,d clicks",
                        report.sent().pairs(),
                        report.sent().searches(),
                        report.sent().clicks()),
                freshness(report.speed().freshness()),
                reloads(report.speed().reloadMillis()),
                String.format(
                        Locale.ROOT,
                        "requests   %,d, of which %d failed (%d were asked to come later, and did)",
                        report.traffic().requests(),
                        report.failures(),
                        report.traffic().repeated()),
                String.format(
                        Locale.ROOT,
                        "quality    hit@1 %.3f -> %.3f (%+.3f)",
                        report.first().quality().hitAt(1),
                        report.last().quality().hitAt(1),
                        report.gain()));
    }

    private static String freshness(Freshness.Result freshness) {
        Percentiles seconds = freshness.seconds();
        if (seconds.sorted().isEmpty()) {
            return "freshness  no marked pair was served by a version that learned it";
        }
        return String.format(
                Locale.ROOT,
                "freshness  p50 %.1f s, p95 %.1f s from posted to the first answer of a version that learned it (%d of %d marked pairs)",
                seconds.at(0.5).orElseThrow(),
                seconds.at(0.95).orElseThrow(),
                seconds.sorted().size(),
                seconds.sorted().size() + freshness.unserved());
    }

    private static String reloads(Percentiles millis) {
        if (millis.sorted().isEmpty()) {
            return "reloads    none";
        }
        return String.format(
                Locale.ROOT,
                "reloads    p50 %.0f ms, at most %.0f ms: the slower of the last answer before and the first after",
                millis.at(0.5).orElseThrow(),
                millis.at(1).orElseThrow());
    }
}
