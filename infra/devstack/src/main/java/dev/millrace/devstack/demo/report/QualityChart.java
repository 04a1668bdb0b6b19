package dev.millrace.devstack.demo.report;

import dev.millrace.devstack.demo.measure.Quality;
import dev.millrace.devstack.demo.measure.VersionRow;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Hits and misses over the pairs learned, as SVG: sharp at any size, and it needs neither fonts nor graphics from the JDK, which
 * headless ones lack.
 */
final class QualityChart {
    private static final List<String> COLOURS = List.of("#0b4f9e", "#2c7fb8", "#41a6c4", "#5fb8a5", "#93c9a8");
    private static final String NO_MATCH_COLOUR = "#c0392b";
    private static final int WIDTH = 860;
    private static final int HEIGHT = 380;
    private static final int LEFT = 54;
    private static final int RIGHT = 90;
    private static final int TOP = 20;
    private static final int BOTTOM = 46;
    private static final double STEP = 0.1;

    private final List<VersionRow> versions;
    private final int lowest;
    private final int highest;

    private QualityChart(List<VersionRow> versions) {
        this.versions = versions;
        List<Double> figures = versions.stream()
                .flatMap(row -> Stream.concat(
                        row.quality().hitAt().stream(), Stream.of(row.quality().noMatch())))
                .sorted()
                .toList();
        this.lowest = (int) Math.floor(figures.get(0) / STEP);
        this.highest = Math.max(lowest + 1, (int) Math.ceil(figures.get(figures.size() - 1) / STEP));
    }

    static String svg(Report report) {
        return new QualityChart(report.versions()).svg();
    }

    private double x(int index) {
        int steps = Math.max(1, versions.size() - 1);
        return LEFT + (double) (WIDTH - LEFT - RIGHT) * index / steps;
    }

    private double y(double figure) {
        double share = (figure / STEP - lowest) / (highest - lowest);
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    private String svg() {
        String lines = IntStream.rangeClosed(1, Quality.DEPTH)
                .mapToObj(k -> line(
                        "hit@" + k, COLOURS.get(k - 1), row -> row.quality().hitAt(k)))
                .collect(Collectors.joining());
        return format(
                        "<svg role=\"img\" aria-label=\"quality over pairs learned\" viewBox=\"0 0 %d %d\" width=\"%d\">",
                        WIDTH, HEIGHT, WIDTH)
                + grid() + lines
                + line("noMatch", NO_MATCH_COLOUR, row -> row.quality().noMatch()) + "</svg>";
    }

    private String grid() {
        String rows = IntStream.rangeClosed(lowest, highest)
                .mapToObj(step -> format(
                        "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>"
                                + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.1f</text>",
                        LEFT, WIDTH - RIGHT, y(step * STEP), y(step * STEP), LEFT - 8, y(step * STEP) + 4, step * STEP))
                .collect(Collectors.joining());
        String columns = IntStream.range(0, versions.size())
                .mapToObj(i -> format(
                        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,d</text>",
                        x(i), HEIGHT - BOTTOM + 18, versions.get(i).pairs()))
                .collect(Collectors.joining());
        return rows
                + columns
                + format(
                        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">pairs learned by the version served</text>",
                        (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8);
    }

    private String line(String name, String colour, ToDoubleFunction<VersionRow> figure) {
        String points = IntStream.range(0, versions.size())
                .mapToObj(i -> format("%.1f,%.1f", x(i), y(figure.applyAsDouble(versions.get(i)))))
                .collect(Collectors.joining(" "));
        String dots = IntStream.range(0, versions.size())
                .mapToObj(i -> dot(i, name, colour, figure.applyAsDouble(versions.get(i))))
                .collect(Collectors.joining());
        double end = figure.applyAsDouble(versions.get(versions.size() - 1));
        return format("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", points, colour)
                + dots
                + format(
                        "<text x=\"%d\" y=\"%.1f\" style=\"fill:%s\">%s</text>",
                        WIDTH - RIGHT + 10, y(end) + 4, colour, name);
    }

    private String dot(int index, String name, String colour, double figure) {
        return format(
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"><title>%s %s %.3f</title></circle>",
                x(index), y(figure), colour, versions.get(index).version(), name, figure);
    }
}
