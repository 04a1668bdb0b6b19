package dev.millrace.trainer.learning.evaluate;

import dev.millrace.embedding.model.InputType;
import dev.millrace.evaluation.geometry.Alignment;
import dev.millrace.evaluation.geometry.RepeatedWords;
import dev.millrace.evaluation.geometry.Uniformity;
import dev.millrace.evaluation.graded.GradedFigures;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.vectors.Vectors;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What can be said of held-out pairs that do not ask and answer.
 *
 * @param spearman of graded pairs' cosines and labels; empty without them, and where all labels are the same
 * @param alignment of bare texts with their views that repeat some words; empty without them
 * @param uniformity of bare texts; empty for fewer than two
 * @param probe share of bare texts whose group a linear probe finds; empty for fewer than two groups
 */
public record UnrankedFigures(
        OptionalDouble spearman, OptionalDouble alignment, OptionalDouble uniformity, OptionalDouble probe) {
    public static final UnrankedFigures NONE = new UnrankedFigures(
            OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

    /** Of graded pairs, and of the anchors of pairs without a positive. */
    public static UnrankedFigures of(List<Pair> graded, List<Pair> bare, Vectors vectors) {
        GradedFigures pairs = GradedFigures.of(
                vectors.table(InputType.QUERY, graded.stream().map(Pair::anchor).toList()),
                vectors.table(
                        InputType.DOCUMENT,
                        graded.stream()
                                .map(pair -> pair.positive().orElseThrow())
                                .toList()),
                graded.stream().mapToDouble(pair -> pair.label().orElseThrow()).toArray());
        List<String> texts = bare.stream().map(Pair::anchor).toList();
        return new UnrankedFigures(
                pairs.spearman(),
                Alignment.of(
                        vectors.table(InputType.QUERY, texts),
                        vectors.table(
                                InputType.DOCUMENT,
                                texts.stream().map(RepeatedWords::of).toList())),
                Uniformity.of(vectors.table(InputType.QUERY, texts)),
                GroupProbe.accuracy(bare, vectors));
    }
}
