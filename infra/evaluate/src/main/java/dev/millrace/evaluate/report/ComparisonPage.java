package dev.millrace.evaluate.report;

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

/** The comparison as one self-contained page: the bars and the table. */
public final class ComparisonPage {
    private static final String TEMPLATE = "comparison.html";

    private ComparisonPage() {}

    /** What the template shows. */
    public record Page(
            String title, ComparisonChart chart, List<String> titles, List<List<String>> rows, List<String> notes) {}

    /** The page; what users named is escaped. */
    public static String html(Comparison comparison) {
        ComparisonTable table = new ComparisonTable(comparison);
        Page page = new Page(
                comparison.title(),
                ComparisonChart.of(comparison),
                table.titles(),
                comparison.results().stream().map(table::cells).toList(),
                comparison.notes());
        return template().data("page", page).render();
    }

    private static Template template() {
        Engine engine = Engine.builder()
                .addDefaults()
                .addValueResolver(new ReflectionValueResolver())
                .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                .build();
        try (InputStream in = ComparisonPage.class.getResourceAsStream(TEMPLATE)) {
            return engine.parse(
                    new String(in.readAllBytes(), StandardCharsets.UTF_8), Variant.forContentType(Variant.TEXT_HTML));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
