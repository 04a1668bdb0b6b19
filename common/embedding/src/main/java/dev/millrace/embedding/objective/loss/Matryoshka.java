package dev.millrace.embedding.objective.loss;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Matryoshka representation learning (Kusupati et al. 2022): an objective over the vectors' first numbers as well, so that a
 * vector may be cut and still serves. The mean over all lengths; a loss
 * of tokens has none.
 *
 * @param dimensions how many of the first numbers, each time; made unit vectors again
 */
public record Matryoshka(Objective objective, List<Integer> dimensions) implements Objective {
    public Matryoshka {
        dimensions = List.copyOf(dimensions);
        if (dimensions.isEmpty() || dimensions.stream().anyMatch(first -> first < 1)) {
            throw new IllegalArgumentException(
                    "matryoshka's dimensions are " + dimensions + "; each must be at least 1");
        }
    }

    @Override
    public String name() {
        return "matryoshka(" + objective.name() + ")";
    }

    @Override
    public List<Term> terms() {
        Map<Boolean, List<Term>> ofTokens =
                objective.terms().stream().collect(Collectors.partitioningBy(term -> term.loss() instanceof TokenLoss));
        Stream<Term> ofVectors = dimensions.stream().flatMap(first -> ofTokens.get(false).stream()
                .map(term -> term.over(first).times(1.0 / dimensions.size())));
        return Stream.concat(ofVectors, ofTokens.get(true).stream()).toList();
    }
}
