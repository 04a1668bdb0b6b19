package dev.millrace.evaluation.retrieval;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How well queries find their answers.
 *
 * @param queries how many were asked
 * @param top of how many the first right answer came at place 1, 2, .. {@link #DEPTH}
 * @param mrr mean of 1 / rank of the first right answer, among all documents
 * @param ndcgAt10 mean nDCG@10 with the grades as gains
 */
public record RetrievalFigures(int queries, List<Integer> top, double mrr, double ndcgAt10) {
    /** How far hits are counted. */
    public static final int DEPTH = 5;

    /** Copies the list. */
    public RetrievalFigures {
        top = List.copyOf(top);
    }

    /** All 0 where nothing was asked. */
    public static RetrievalFigures of(Collection<Placement> placements) {
        return new RetrievalFigures(
                placements.size(),
                IntStream.rangeClosed(1, DEPTH)
                        .map(place -> (int) placements.stream()
                                .filter(placement -> placement.rank() == place)
                                .count())
                        .boxed()
                        .toList(),
                placements.stream()
                        .mapToDouble(placement -> 1.0 / placement.rank())
                        .average()
                        .orElse(0),
                placements.stream().mapToDouble(Placement::ndcg).average().orElse(0));
    }

    /** Share of queries with a right answer among the first {@code k}, of 1 .. {@link #DEPTH}. */
    public double hitAt(int k) {
        return share(top.subList(0, k).stream().mapToInt(Integer::intValue).sum());
    }

    /** How many queries have no right answer among the first {@link #DEPTH}. */
    public int unmatched() {
        return queries - top.stream().mapToInt(Integer::intValue).sum();
    }

    /** Share of queries with no right answer among the first {@link #DEPTH}. */
    public double noMatch() {
        return share(unmatched());
    }

    private double share(int count) {
        return count / (double) Math.max(1, queries);
    }
}
