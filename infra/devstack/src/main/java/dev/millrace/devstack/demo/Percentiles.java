package dev.millrace.devstack.demo;

import java.util.List;
import java.util.OptionalDouble;

/** Values of a distribution by nearest rank, so that each is one that occurred. */
record Percentiles(List<Double> sorted) {
    Percentiles {
        sorted = sorted.stream().sorted().toList();
    }

    /** @param share in (0, 1]; empty when there are no values */
    OptionalDouble at(double share) {
        return sorted.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(sorted.get((int) Math.ceil(share * sorted.size()) - 1));
    }
}
