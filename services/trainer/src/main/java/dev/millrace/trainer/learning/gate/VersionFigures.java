package dev.millrace.trainer.learning.gate;

import dev.millrace.evaluation.retrieval.RetrievalFigures;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.evaluate.Surprise;
import dev.millrace.trainer.learning.gate.Gate.Evidence;
import dev.millrace.trainer.learning.state.HeldOut;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a version's manifest says of what was held out, by name; what nothing was held out for is absent. */
public final class VersionFigures {
    private static final String SURPRISE = "surprise";
    private static final String HELD_BACK = "held-back.surprise";
    private static final String ERROR = ".error";

    private VersionFigures() {}

    /** Adds how surprised it is by what a pass over remembered pairs did not learn again. */
    public static void heldBack(Surprise surprise, SortedMap<String, Double> figures) {
        put(figures, HELD_BACK, surprise);
    }

    /** Of the version before and of what was learned since, on the same pairs. */
    static SortedMap<String, Double> of(HeldOut heldOut, Evidence before, Evidence after) {
        SortedMap<String, Double> figures = new TreeMap<>();
        List<Pair> all = heldOut.all();
        List<Pair> fresh = heldOut.fresh();
        List<Pair> memory = heldOut.memory().pairs();
        figures.put("pairs", (double) all.size());
        if (!all.isEmpty()) {
            RetrievalFigures found = after.evaluation().figures(all);
            figures.put("before.hit@1", before.evaluation().hitAt1(all));
            figures.put("hit@1", found.hitAt(1));
            figures.put("hit@5", found.hitAt(RetrievalFigures.DEPTH));
            figures.put("mrr", found.mrr());
            figures.put("ndcg@10", found.ndcgAt10());
            put(figures, SURPRISE, after.evaluation().surpriseSince(before.evaluation(), all));
            figures.put("fresh.pairs", (double) fresh.size());
            figures.put("fresh.hit@1", after.evaluation().hitAt1(fresh));
            figures.put("memory.pairs", (double) memory.size());
            figures.put("memory.hit@1", after.evaluation().hitAt1(memory));
        }
        put(figures, "before.spearman", before.unranked().spearman());
        put(figures, "spearman", after.unranked().spearman());
        put(figures, "alignment", after.unranked().alignment());
        put(figures, "before.probe", before.unranked().probe());
        put(figures, "probe", after.unranked().probe());
        put(figures, "before.uniformity", before.unranked().uniformity());
        put(figures, "uniformity", after.unranked().uniformity());
        return figures;
    }

    /**
     * Whether answers surprise less than before, by more than a standard error: of what a pass held back, or else of what
     * the lineage holds out; of a stream in which nothing answers, whether graded pairs are in better order, or else groups of bare texts are told apart more often, or else bare
     * texts more evenly spread. Not where nothing is held out.
     */
    public static boolean better(SortedMap<String, Double> figures) {
        return relief(figures, HELD_BACK)
                .or(() -> relief(figures, SURPRISE))
                .or(() -> change(figures, "spearman"))
                .or(() -> change(figures, "probe"))
                .or(() -> change(figures, "uniformity").map(change -> -change))
                .filter(change -> change > 0)
                .isPresent();
    }

    /** What it is less than before, beyond the standard error. */
    private static Optional<Double> relief(SortedMap<String, Double> figures, String surprise) {
        return change(figures, surprise).map(change -> -change - figures.getOrDefault(surprise + ERROR, 0.0));
    }

    private static Optional<Double> change(SortedMap<String, Double> figures, String name) {
        return Optional.ofNullable(figures.get(name))
                .flatMap(after ->
                        Optional.ofNullable(figures.get("before." + name)).map(before -> after - before));
    }

    private static void put(SortedMap<String, Double> figures, String name, Surprise surprise) {
        figures.put("before." + name, surprise.before());
        figures.put(name, surprise.after());
        figures.put(name + ERROR, surprise.error());
    }

    private static void put(SortedMap<String, Double> figures, String name, OptionalDouble figure) {
        figure.ifPresent(value -> figures.put(name, value));
    }
}
