package dev.millrace.operator.progress;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What one process says of itself at {@code /q/metrics}. */
record Metrics(List<Sample> samples) {
    static Metrics read(String text) {
        return new Metrics(Sample.read(text));
    }

    /** Empty where it is not said, or is no number yet. */
    Optional<Double> figure(String name) {
        return named(name).map(Sample::value).findFirst();
    }

    boolean says(String name, double value) {
        return figure(name).filter(figure -> figure == value).isPresent();
    }

    /** A label of a series that stands for a text, whose value is 1. */
    Optional<String> text(String name, String label) {
        return named(name)
                .filter(sample -> sample.value() == 1)
                .flatMap(sample -> Optional.ofNullable(sample.labels().get(label)).stream())
                .findFirst();
    }

    private Stream<Sample> named(String name) {
        return samples.stream().filter(sample -> sample.name().equals(name));
    }
}
