package dev.millrace.devstack.demo.report;

import dev.millrace.devstack.demo.measure.Quality;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The run as one self-contained page: the chart, the summary, and every domain's way through the versions. */
public final class QualityPage {
    private static final String TEMPLATE = "quality.html";
    private static final double FULL_COLOUR = 0.25;

    private QualityPage() {}

    /** What the template shows; numbers are text already, since a page has one language whatever the machine's. */
    public record Page(
            String name,
            String first,
            String last,
            String queries,
            String candidates,
            QualityChart chart,
            List<String> summary,
            List<String> versions,
            List<Domain> domains) {}

    /** A row of the table. */
    public record Domain(String name, int queries, List<Cell> cells) {}

    /** One version's figure. */
    public record Cell(String colour, String percent) {}

    public static String html(Report report) {
        return template().data("page", page(report)).render();
    }

    private static Template template() {
        Engine engine = Engine.builder()
                .addDefaults()
                .addValueResolver(new ReflectionValueResolver())
                .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                .build();
        try (InputStream in = QualityPage.class.getResourceAsStream(TEMPLATE)) {
            return engine.parse(
                    new String(in.readAllBytes(), StandardCharsets.UTF_8), Variant.forContentType(Variant.TEXT_HTML));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Page page(Report report) {
        return new Page(
                report.data().name(),
                format("%.3f", report.first().quality().hitAt(1)),
                format("%.3f", report.last().quality().hitAt(1)),
                format("%,d", report.questions().queries().size()),
                format("%,d", report.questions().candidates().size()),
                QualityChart.of(report.versions()),
                Tables.summary(report),
                report.versions().stream()
                        .map(row -> row.version().split("-", 2)[0])
                        .toList(),
                report.last().measured().domains().keySet().stream()
                        .map(domain -> domain(report, domain))
                        .toList());
    }

    /** Green where a version is above version 0, red where it is below. */
    private static Domain domain(Report report, String name) {
        Quality first = report.first().measured().domains().get(name);
        List<Cell> cells = report.versions().stream()
                .map(row -> row.measured().domains().get(name).hitAt(1))
                .map(hit -> new Cell(colour(hit - first.hitAt(1)), format("%.0f", 100 * hit)))
                .toList();
        return new Domain(name, first.queries(), cells);
    }

    private static String colour(double change) {
        double strength = Math.min(1, Math.abs(change) / FULL_COLOUR) / 2;
        return format("rgba(%s,%.2f)", change < 0 ? "192,57,43" : "39,140,90", strength);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
