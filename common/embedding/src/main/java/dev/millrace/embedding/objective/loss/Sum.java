package dev.millrace.embedding.objective.loss;

import java.util.List;
import java.util.stream.Collectors;

/** A weighted sum of objectives. */
public record Sum(List<Part> parts) implements Objective {
    /**
     * A summand.
     *
     * @param weight above 0
     */
    public record Part(double weight, Objective objective) {
        public Part {
            if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("an objective's weight must be above 0, but is " + weight);
            }
        }
    }

    public Sum {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a sum of no objectives");
        }
    }

    @Override
    public String name() {
        return parts.stream()
                .map(part -> part.weight() == 1
                        ? part.objective().name()
                        : part.weight() + "*" + part.objective().name())
                .collect(Collectors.joining("+"));
    }

    @Override
    public List<Term> terms() {
        return parts.stream()
                .flatMap(part -> part.objective().terms().stream().map(term -> term.times(part.weight())))
                .toList();
    }
}
