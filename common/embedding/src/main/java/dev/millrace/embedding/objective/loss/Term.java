package dev.millrace.embedding.objective.loss;

import dev.millrace.embedding.files.ModelFolder;
import java.util.List;
import java.util.OptionalInt;

/**
 * A summand of an objective.
 *
 * @param weight what the loss is multiplied by
 * @param dimensions over how many of the vectors' first numbers, made unit vectors again; empty: over all
 * @param loss a weighted mean
 */
public record Term(double weight, OptionalInt dimensions, Loss loss) {
    List<Parameter> parameters(ModelFolder model) {
        int all = model.dimensions();
        return loss.parameters(model, Math.min(dimensions.orElse(all), all));
    }

    Term times(double factor) {
        return new Term(factor * weight, dimensions, loss);
    }

    Term over(int first) {
        return new Term(weight, OptionalInt.of(first), loss);
    }
}
