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
    private VersionFigures() {}

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
            Surprise surprise = after.evaluation().surpriseSince(before.evaluation(), all);
            figures.put("before.surprise", surprise.before());
            figures.put("surprise", surprise.after());
            figures.put("surprise.error", surprise.error());
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
     * Whether answers surprise less than before, by more than a standard error; of a stream in which nothing answers,
     * whether graded pairs are in better order, or else groups of bare texts are told apart more often, or else bare
     * texts more evenly spread. Not where nothing is held out.
     */
    public static boolean better(SortedMap<String, Double> figures) {
        return change(figures, "surprise")
                .map(change -> -change - figures.getOrDefault("surprise.error", 0.0))
                .or(() -> change(figures, "spearman"))
                .or(() -> change(figures, "probe"))
                .or(() -> change(figures, "uniformity").map(change -> -change))
                .filter(change -> change > 0)
                .isPresent();
    }

    private static Optional<Double> change(SortedMap<String, Double> figures, String name) {
        return Optional.ofNullable(figures.get(name))
                .flatMap(after ->
                        Optional.ofNullable(figures.get("before." + name)).map(before -> after - before));
    }

    private static void put(SortedMap<String, Double> figures, String name, OptionalDouble figure) {
        figure.ifPresent(value -> figures.put(name, value));
    }
}
