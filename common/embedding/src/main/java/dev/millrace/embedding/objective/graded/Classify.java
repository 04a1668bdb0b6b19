package dev.millrace.embedding.objective.graded;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.objective.loss.GradedLoss;
import dev.millrace.embedding.objective.loss.Parameter;
import dev.millrace.embedding.objective.seen.GradedPairs;
import dev.millrace.embedding.torch.Scalars;
import java.util.List;

/**
 * Sentence-BERT's classification of pairs (Reimers and Gurevych 2019): cross entropy of a pair's class by a linear head over
 * both vectors and how far they lie apart, number by number. A label in [0, 1] falls into one of so many equal parts of it:
 * of 2 classes those from .5 on are the second, of 3 (contradiction 0, neutral .5, entailment 1) each has a third. To be
 * added to distillation from the encoder as it was: alone it leaves cosines without meaning (Su 2021, RoFormer-Sim).
 *
 * @param classes 2 and above
 */
public record Classify(int classes) implements GradedLoss {
    @Override
    public String name() {
        return "classify";
    }

    @Override
    public List<Parameter> parameters(ModelFolder model, int dimensions) {
        return List.of(
                Parameter.drawn(weight(dimensions), classes, 3 * dimensions),
                Parameter.zeros(bias(dimensions), classes));
    }

    @Override
    public NDArray loss(GradedPairs pairs) {
        NDArray first = pairs.first();
        NDArray second = pairs.second();
        int dimensions = Math.toIntExact(first.getShape().get(1));
        NDArray seen =
                NDArrays.concat(new NDList(first, second, first.sub(second).abs()), 1);
        NDArray logits =
                seen.matMul(pairs.parameter(weight(dimensions)).transpose()).add(pairs.parameter(bias(dimensions)));
        NDArray wanted = Scalars.atMost(Scalars.times(pairs.labels(), classes).floor(), classes - 1)
                .expandDims(1);
        return pairs.mean(logits.logSoftmax(1)
                .gather(wanted.toType(DataType.INT64, false), 1)
                .squeeze(1)
                .neg());
    }

    /** One head for each number of classes and of dimensions, as matryoshka has several. */
    private String weight(int dimensions) {
        return head(dimensions) + ".weight";
    }

    private String bias(int dimensions) {
        return head(dimensions) + ".bias";
    }

    private String head(int dimensions) {
        return "classify." + classes + "." + dimensions;
    }
}
