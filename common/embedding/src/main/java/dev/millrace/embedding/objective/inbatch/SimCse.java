package dev.millrace.embedding.objective.inbatch;

import ai.djl.ndarray.NDArray;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.objective.loss.Parameter;
import dev.millrace.embedding.objective.loss.RowLoss;
import dev.millrace.embedding.objective.seen.Rows;
import dev.millrace.embedding.objective.seen.Scores;
import dev.millrace.embedding.torch.Scalars;
import java.util.List;

/**
 * SimCSE (Gao et al. 2021): InfoNCE behind a layer of its own, {@code tanh(W v + b)}, which is there in training only. Theirs is
 * over the first token's state; here v is the text's vector, made as long as LayerNorm leaves a state: the root of its dimensions.
 *
 * @param temperature what cosines are divided by, above 0
 */
public record SimCse(double temperature) implements RowLoss {
    @Override
    public String name() {
        return "simcse";
    }

    @Override
    public List<Parameter> parameters(ModelFolder model, int dimensions) {
        return List.of(
                Parameter.drawn(weight(dimensions), dimensions, dimensions),
                Parameter.zeros(bias(dimensions), dimensions));
    }

    @Override
    public NDArray losses(Rows rows) {
        Rows behind = rows.behind(vectors -> layer(rows, vectors));
        return Scores.crossEntropy(behind, Scalars.over(behind.cosines(), temperature));
    }

    private NDArray layer(Rows rows, NDArray vectors) {
        int dimensions = Math.toIntExact(vectors.getShape().get(1));
        return Scalars.times(vectors, Math.sqrt(dimensions))
                .matMul(rows.parameter(weight(dimensions)).transpose())
                .add(rows.parameter(bias(dimensions)))
                .tanh();
    }

    /** One for each number of dimensions, as matryoshka has several. */
    private static String weight(int dimensions) {
        return "simcse." + dimensions + ".weight";
    }

    private static String bias(int dimensions) {
        return "simcse." + dimensions + ".bias";
    }
}
