package dev.millrace.trainer.learning.gate;

import dev.millrace.evaluation.retrieval.Placement;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.evaluate.Evaluation;
import dev.millrace.trainer.learning.evaluate.GoldenTexts;
import dev.millrace.trainer.learning.evaluate.UnrankedFigures;
import dev.millrace.trainer.learning.gate.Gate.Evidence;
import dev.millrace.trainer.learning.state.LearningState;
import dev.millrace.trainer.testing.Configs;
import dev.millrace.trainer.testing.Pairs;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What was seen of versions, made up. */
final class Examined {
    static final int ENOUGH = 1000;
    static final Placement MISSED = new Placement(6, 0.3, 1);
    static final GoldenTexts HERE = golden(1, 0);
    private static final Placement FOUND = new Placement(1, 1, 0);

    private Examined() {}

    /** A lineage that holds out so many pairs, of which the first are of the group refunds. */
    static LearningState state(Path empty, int pairs, int grouped) {
        LearningState state = LearningState.load(
                empty, Configs.learning("held-out-capacity", Integer.toString(Math.max(pairs, 100))));
        for (int i = 0; i < pairs; i++) {
            String number = Integer.toString(i);
            state.heldOut.keep(
                    i < grouped
                            ? Pairs.grouped(number, "q" + i, "d" + i, "refunds")
                            : Pairs.pair(number, "q" + i, "d" + i));
        }
        return state;
    }

    static Evidence with(LearningState state, double hitAt1) {
        return with(state, hitAt1, HERE);
    }

    static Evidence with(LearningState state, double hitAt1, GoldenTexts golden) {
        List<Pair> held = state.heldOut.all();
        return with(hits(held, (int) Math.round(hitAt1 * held.size())), golden, 1);
    }

    static Evidence with(Map<Pair, Placement> hits, GoldenTexts golden, long nanos) {
        return new Evidence(new Evaluation(hits), UnrankedFigures.NONE, golden, golden, nanos);
    }

    static Map<Pair, Placement> hits(List<Pair> held, int hits) {
        Map<Pair, Placement> all = new HashMap<>();
        IntStream.range(0, held.size()).forEach(i -> all.put(held.get(i), i < hits ? FOUND : MISSED));
        return all;
    }

    static GoldenTexts golden(float x, float y) {
        return new GoldenTexts(List.of("text"), List.of(new float[] {x, y}));
    }
}
