package dev.millrace.trainer.learning.evaluate;

import dev.millrace.embedding.model.InputType;
import dev.millrace.evaluation.retrieval.PairQuestions;
import dev.millrace.evaluation.retrieval.PairQuestions.Asked;
import dev.millrace.evaluation.retrieval.Placement;
import dev.millrace.evaluation.retrieval.Retrieval;
import dev.millrace.evaluation.retrieval.RetrievalFigures;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.vectors.Vectors;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Retrieval among held-out texts: every anchor asks among all positives, and its own, or one of its group, answers.
 *
 * @param placements for each pair asked, where its answers came; a pair that only its own text would answer is not
 *     asked
 */
public record Evaluation(Map<Pair, Placement> placements) {

    /**
     * Asks for every anchor of {@code heldOut} which of all its positives are nearest.
     *
     * @param between called now and then: tells that the work goes on, and may throw to end it
     */
    public static Evaluation of(List<Pair> heldOut, Vectors vectors, Runnable between) {
        PairQuestions asked = PairQuestions.of(heldOut.stream()
                .map(pair -> new Asked(pair.anchor(), pair.positive().orElseThrow(), pair.group()))
                .toList());
        List<Placement> found = Retrieval.of(
                asked.questions(),
                vectors.table(InputType.QUERY, asked.queries()),
                vectors.table(InputType.DOCUMENT, asked.documents()),
                done -> between.run());
        Map<String, Placement> byAnchor = new HashMap<>();
        for (int i = 0; i < found.size(); i++) {
            byAnchor.put(asked.queries().get(i), found.get(i));
        }
        Map<Pair, Placement> placements = new LinkedHashMap<>();
        heldOut.stream()
                .filter(pair -> byAnchor.containsKey(pair.anchor()))
                .forEach(pair -> placements.put(pair, byAnchor.get(pair.anchor())));
        return new Evaluation(placements);
    }

    /** Figures of those pairs of the slice that were asked; all 0 where there are none. */
    public RetrievalFigures figures(Collection<Pair> slice) {
        return RetrievalFigures.of(slice.stream()
                .filter(placements::containsKey)
                .map(placements::get)
                .toList());
    }

    /** Share of hits among those pairs of the slice that were asked; 0 where there are none. */
    public double hitAt1(Collection<Pair> slice) {
        return figures(slice).hitAt(1);
    }

    /** One minus the reciprocal rank, in [0, 1), of each of those pairs of the slice that were asked. */
    public List<Double> losses(Collection<Pair> slice) {
        return slice.stream()
                .filter(placements::containsKey)
                .map(pair -> 1 - 1.0 / placements.get(pair).rank())
                .toList();
    }

    /** How surprised both were by what answers those pairs of the slice that were asked. */
    public Surprise surpriseSince(Evaluation before, Collection<Pair> slice) {
        List<Pair> asked = slice.stream().filter(placements::containsKey).toList();
        return Surprise.of(before.surprises(asked), surprises(asked));
    }

    private List<Double> surprises(List<Pair> asked) {
        return asked.stream().map(pair -> placements.get(pair).surprise()).toList();
    }

    private boolean hit(Pair pair) {
        return placements.get(pair).rank() == 1;
    }

    /**
     * What became of the hits on the slice since {@code before}, which asked the same pairs; nothing on a slice without
     * pairs.
     */
    public Change changeSince(Evaluation before, Collection<Pair> slice) {
        int pairs = 0;
        int found = 0;
        int lost = 0;
        int won = 0;
        for (Pair pair : slice) {
            if (placements.containsKey(pair)) {
                pairs++;
                found += hit(pair) ? 1 : 0;
                lost += before.hit(pair) && !hit(pair) ? 1 : 0;
                won += hit(pair) && !before.hit(pair) ? 1 : 0;
            }
        }
        return new Change(pairs, found, lost, won);
    }
}
