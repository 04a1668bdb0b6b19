package dev.millrace.embedding.objective.inbatch;

import ai.djl.ndarray.NDArray;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.objective.batch.Side;
import dev.millrace.embedding.objective.loss.Parameter;
import dev.millrace.embedding.objective.loss.RowLoss;
import dev.millrace.embedding.objective.seen.Rows;
import dev.millrace.embedding.objective.seen.Scores;
import java.util.List;

/**
 * CLIP's loss (Radford et al. 2021): InfoNCE in both directions, by a scale that is learned as its logarithm. It begins at
 * one by .07 and is never above 100.
 */
public record Clip() implements RowLoss {
    private static final String SCALE = "clip.scale";
    private static final double FIRST = 1 / .07;
    private static final double GREATEST = 100;

    @Override
    public String name() {
        return "clip";
    }

    @Override
    public List<Side> sides() {
        return List.of(Side.ANCHORS, Side.POSITIVES);
    }

    @Override
    public List<Parameter> parameters(ModelFolder model, int dimensions) {
        return List.of(Parameter.number(SCALE, Math.log(FIRST), Math.log(GREATEST)));
    }

    @Override
    public NDArray losses(Rows rows) {
        return Scores.crossEntropy(
                rows, rows.cosines().mul(rows.parameter(SCALE).exp()));
    }
}
