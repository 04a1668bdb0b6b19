package dev.millrace.bench.scale.constant;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The constants of one kind of trainer and bucket, each with where it is from. */
public final class Constants {
    private static final double MILLION = 1e6;
    private static final double NANOS = 1e9;
    private static final double LARGEST = 1e9;

    /**
     * A constant's value.
     *
     * @param source command or reasoning that it is from
     */
    public record Figure(double value, String source) {}

    private final Map<Constant, Figure> figures;

    public Constants(Map<Constant, Figure> figures) {
        this.figures = new EnumMap<>(figures);
        for (Constant constant : Constant.values()) {
            double value = Optional.ofNullable(this.figures.get(constant))
                    .orElseThrow(() -> new IllegalArgumentException(constant.key() + " is not said"))
                    .value();
            double most = constant == Constant.SPREAD ? 1 : LARGEST;
            if (!(value >= constant.least() && value <= most)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT, "%s must lie in %s..%.0f, not %s", constant.key(), constant.least(), most, value));
            }
        }
    }

    /** All but one as they are. */
    public Constants with(Constant constant, double value, String source) {
        Map<Constant, Figure> changed = new EnumMap<>(figures);
        changed.put(constant, new Figure(value, source));
        return new Constants(changed);
    }

    public double of(Constant constant) {
        return figures.get(constant).value();
    }

    public double megabytes(Constant constant) {
        return of(constant) * MILLION;
    }

    public int streams() {
        return (int) of(Constant.STREAMS);
    }

    /** A share of so many pairs by a codec that takes so many bytes a weight. */
    public double shareBytes(double bytesPerWeight, long pairs) {
        return megabytes(Constant.WEIGHTS) * bytesPerWeight + pairs * of(Constant.PAIR_BYTES);
    }

    public double tellSeconds() {
        return megabytes(Constant.WEIGHTS) * of(Constant.TELL_NANOS) / NANOS;
    }

    public double mergeSeconds(int shares) {
        return megabytes(Constant.WEIGHTS) * of(Constant.MERGE_NANOS) * shares / NANOS;
    }

    /** Each with its value, unit and source. */
    public List<List<String>> rows() {
        return figures.entrySet().stream()
                .map(entry -> List.of(
                        entry.getKey().key(),
                        String.format(Locale.ROOT, "%.6g", entry.getValue().value()),
                        entry.getKey().meaning(),
                        entry.getValue().source()))
                .toList();
    }
}
