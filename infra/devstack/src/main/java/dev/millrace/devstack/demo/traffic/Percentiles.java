package dev.millrace.devstack.demo.traffic;

import java.util.List;
import java.util.OptionalDouble;

/** Values of a distribution by nearest rank, so that each is one that occurred. */
public record Percentiles(List<Double> sorted) {
    public Percentiles {
        sorted = sorted.stream().sorted().toList();
    }

    /** The value that this share, in (0, 1], of all lies at or below; empty when there are no values. */
    public OptionalDouble at(double share) {
        return sorted.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(sorted.get((int) Math.ceil(share * sorted.size()) - 1));
    }
}
