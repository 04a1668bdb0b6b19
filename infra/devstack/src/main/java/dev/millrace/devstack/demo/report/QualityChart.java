package dev.millrace.devstack.demo.report;

import dev.millrace.devstack.demo.measure.Quality;
import dev.millrace.devstack.demo.measure.VersionRow;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Hits and misses over the pairs learned, laid out for SVG: sharp at any size, and it needs neither fonts nor graphics from the
 * JDK, which headless ones lack.
 *
 * @param rows of the grid, each a figure at its height
 * @param columns the versions' pairs, each at its place from the left
 */
public record QualityChart(List<Tick> rows, List<Tick> columns, List<Line> lines) {
    private static final List<String> COLOURS = List.of("#0b4f9e", "#2c7fb8", "#41a6c4", "#5fb8a5", "#93c9a8");
    private static final String NO_MATCH_COLOUR = "#c0392b";
    private static final int WIDTH = 860;
    private static final int HEIGHT = 380;
    private static final int LEFT = 54;
    private static final int RIGHT = WIDTH - 90;
    private static final int TOP = 20;
    private static final int BOTTOM = HEIGHT - 46;
    private static final double STEP = 0.1;

    /** A text at a place on an axis. */
    public record Tick(String at, String text) {}

    /** One figure of all versions. */
    public record Line(String name, String colour, List<Dot> dots) {
        /** The height at which it ends. */
        public String end() {
            return dots.get(dots.size() - 1).y();
        }
    }

    /** One figure of one version. */
    public record Dot(String x, String y, String text) {}

    static QualityChart of(List<VersionRow> versions) {
        Axes axes = Axes.of(versions);
        List<Tick> rows = IntStream.rangeClosed(axes.lowest(), axes.highest())
                .mapToObj(step -> new Tick(axes.y(step * STEP), format("%.1f", step * STEP)))
                .toList();
        List<Tick> columns = IntStream.range(0, versions.size())
                .mapToObj(i -> new Tick(axes.x(i), format("%,d", versions.get(i).pairs())))
                .toList();
        Stream<Line> hits = IntStream.rangeClosed(1, Quality.DEPTH)
                .mapToObj(k -> line("hit@" + k, COLOURS.get(k - 1), versions, axes, row -> row.quality()
                        .hitAt(k)));
        Line misses = line(
                "noMatch", NO_MATCH_COLOUR, versions, axes, row -> row.quality().noMatch());
        return new QualityChart(
                rows, columns, Stream.concat(hits, Stream.of(misses)).toList());
    }

    private static Line line(
            String name, String colour, List<VersionRow> versions, Axes axes, ToDoubleFunction<VersionRow> figure) {
        List<Dot> dots = IntStream.range(0, versions.size())
                .mapToObj(i -> {
                    double value = figure.applyAsDouble(versions.get(i));
                    String text = format("%s %s %.3f", versions.get(i).version(), name, value);
                    return new Dot(axes.x(i), axes.y(value), text);
                })
                .toList();
        return new Line(name, colour, dots);
    }

    /** Where versions and figures lie; the lowest and the highest figure in tenths. */
    private record Axes(int versions, int lowest, int highest) {
        static Axes of(List<VersionRow> versions) {
            List<Double> figures = versions.stream()
                    .flatMap(row -> Stream.concat(
                            row.quality().hitAt().stream(),
                            Stream.of(row.quality().noMatch())))
                    .sorted()
                    .toList();
            int lowest = (int) Math.floor(figures.get(0) / STEP);
            int highest = (int) Math.ceil(figures.get(figures.size() - 1) / STEP);
            return new Axes(versions.size(), lowest, Math.max(lowest + 1, highest));
        }

        String x(int index) {
            return format("%.1f", LEFT + (double) (RIGHT - LEFT) * index / Math.max(1, versions - 1));
        }

        String y(double figure) {
            double share = (figure / STEP - lowest) / (highest - lowest);
            return format("%.1f", BOTTOM - share * (BOTTOM - TOP));
        }
    }

    public int width() {
        return WIDTH;
    }

    public int height() {
        return HEIGHT;
    }

    public int left() {
        return LEFT;
    }

    public int right() {
        return RIGHT;
    }

    public int bottom() {
        return BOTTOM;
    }

    public int middle() {
        return (LEFT + RIGHT) / 2;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
