package dev.millrace.bench.learning;

import dev.millrace.embedding.model.InputType;
import dev.millrace.evaluate.model.TextEncoder;
import dev.millrace.evaluation.retrieval.PairQuestions;
import dev.millrace.evaluation.retrieval.PairQuestions.Asked;
import dev.millrace.evaluation.retrieval.Placement;
import dev.millrace.evaluation.retrieval.Retrieval;
import dev.millrace.evaluation.vectors.VectorTable;
import dev.millrace.events.record.Pair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Held-out anchors of all phases, each asking among the held-out positives of all. */
final class PhaseQuestions {
    private final PairQuestions questions;
    private final Map<String, Integer> phaseOf = new HashMap<>();
    private final int phases;

    PhaseQuestions(List<List<Pair>> heldOut) {
        phases = heldOut.size();
        questions = PairQuestions.of(heldOut.stream()
                .flatMap(List::stream)
                .filter(pair -> pair.positive().isPresent())
                .map(pair -> new Asked(pair.anchor(), pair.positive().orElseThrow(), pair.group()))
                .toList());
        for (int phase = 0; phase < phases; phase++) {
            for (Pair pair : heldOut.get(phase)) {
                phaseOf.putIfAbsent(pair.anchor(), phase);
            }
        }
    }

    /** How many are asked. */
    int size() {
        return questions.queries().size();
    }

    /** hit@1 of each phase. */
    double[] hitAt1(TextEncoder encoder) {
        List<Placement> placements = Retrieval.of(
                questions.questions(),
                VectorTable.of(encoder.encode(InputType.QUERY, questions.queries())),
                VectorTable.of(encoder.encode(InputType.DOCUMENT, questions.documents())),
                done -> {});
        double[] hits = new double[phases];
        int[] asked = new int[phases];
        for (int i = 0; i < placements.size(); i++) {
            int phase = phaseOf.get(questions.queries().get(i));
            asked[phase]++;
            hits[phase] += placements.get(i).rank() == 1 ? 1 : 0;
        }
        for (int phase = 0; phase < phases; phase++) {
            hits[phase] /= Math.max(1, asked[phase]);
        }
        return hits;
    }
}
