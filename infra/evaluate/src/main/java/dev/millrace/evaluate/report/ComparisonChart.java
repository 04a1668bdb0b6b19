package dev.millrace.evaluate.report;

import dev.millrace.evaluate.measure.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Each figure's bars, a model a bar, laid out for SVG.
 *
 * @param rows of the grid, each a value at its height
 * @param groups the figures' names, each under its bars
 * @param models what the colours mean
 */
public record ComparisonChart(List<Tick> rows, List<Tick> groups, List<Bar> bars, List<Model> models) {
    private static final List<String> COLOURS = List.of(
            "#0b4f9e", "#e08a1e", "#2f9e6e", "#b0413e", "#7a5aa6", "#5f6b76", "#2ca6c9", "#c25b9b", "#8a9a2b",
            "#8c6d46");
    private static final int WIDTH = 900;
    private static final int HEIGHT = 380;
    private static final int LEFT = 54;
    private static final int TOP = 16;
    private static final int BOTTOM = HEIGHT - 34;
    private static final double GAP = 0.25;
    private static final int STEPS = 5;

    /** A text at a place on an axis. */
    public record Tick(String at, String text) {}

    /** One figure of one model. */
    public record Bar(String x, String y, String width, String height, String colour, String text) {}

    /** A model's colour. */
    public record Model(String name, String colour) {}

    static ComparisonChart of(Comparison comparison) {
        List<String> figures = comparison.figures();
        List<Result> results = comparison.results();
        Axis axis = Axis.of(results);
        List<Bar> bars = new ArrayList<>();
        for (int group = 0; group < figures.size(); group++) {
            for (int model = 0; model < results.size(); model++) {
                Place place = new Place(group, figures.size(), model, results.size());
                bar(results.get(model), figures.get(group), place, axis).ifPresent(bars::add);
            }
        }
        List<Tick> groups = IntStream.range(0, figures.size())
                .mapToObj(group -> new Tick(format("%.1f", middle(group, figures.size())), figures.get(group)))
                .toList();
        List<Model> models = IntStream.range(0, results.size())
                .mapToObj(model -> new Model(results.get(model).model(), colour(model)))
                .toList();
        return new ComparisonChart(axis.rows(), groups, bars, models);
    }

    private static double middle(int group, int groups) {
        return LEFT + (group + 0.5) * (WIDTH - LEFT) / groups;
    }

    private static Optional<Bar> bar(Result result, String figure, Place place, Axis axis) {
        return Optional.ofNullable(result.figures().get(figure)).map(value -> {
            double top = axis.y(Math.max(0, value));
            return new Bar(
                    format("%.1f", place.x()),
                    format("%.1f", top),
                    format("%.1f", place.width()),
                    format("%.1f", axis.y(Math.min(0, value)) - top),
                    colour(place.model()),
                    format("%s %s %.4f", result.model(), figure, value));
        });
    }

    private static String colour(int model) {
        return COLOURS.get(model % COLOURS.size());
    }

    /** Where a bar stands: in which of how many groups, and which of how many it is there. */
    private record Place(int group, int groups, int model, int models) {
        double width() {
            return (1 - GAP) * (WIDTH - LEFT) / groups / models;
        }

        double x() {
            return LEFT + (group + GAP / 2) * (WIDTH - LEFT) / groups + model * width();
        }
    }

    /** From 0, or the whole number below all figures, to 1, or the whole number above them. */
    private record Axis(double lowest, double highest) {
        static Axis of(List<Result> results) {
            double[] figures = results.stream()
                    .flatMap(result -> result.figures().values().stream())
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            double lowest = Arrays.stream(figures).min().orElse(0);
            double highest = Arrays.stream(figures).max().orElse(1);
            return new Axis(Math.min(0, Math.floor(lowest)), Math.max(1, Math.ceil(highest)));
        }

        double y(double value) {
            return BOTTOM - (value - lowest) / (highest - lowest) * (BOTTOM - TOP);
        }

        List<Tick> rows() {
            return IntStream.rangeClosed(0, STEPS)
                    .mapToDouble(step -> lowest + step * (highest - lowest) / STEPS)
                    .mapToObj(value -> new Tick(format("%.1f", y(value)), format("%.1f", value)))
                    .toList();
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

    public int bottom() {
        return BOTTOM;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
