package dev.millrace.devstack.demo.measure;

import dev.millrace.devstack.demo.data.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Ranks every candidate for every query by dot product, exactly. A wrong document with the right one's score goes before it. */
public final class HeldOutMeasure {
    private final Questions questions;

    public HeldOutMeasure(Questions questions) {
        this.questions = questions;
    }

    /**
     * The figures of one version.
     *
     * @param domains the same by domain, in the domains' alphabetical order
     */
    public record Result(Quality all, Map<String, Quality> domains) {}

    /** Both lists are parallel to the questions' queries and candidates. */
    public Result of(List<float[]> queries, List<float[]> candidates) {
        float[][] columns = columns(candidates);
        List<Integer> ranks = IntStream.range(0, queries.size())
                .parallel()
                .mapToObj(i -> rank(questions.queries().get(i), scores(queries.get(i), columns)))
                .toList();
        Map<String, List<Integer>> byDomain = new TreeMap<>();
        for (int i = 0; i < ranks.size(); i++) {
            byDomain.computeIfAbsent(questions.queries().get(i).domain(), domain -> new ArrayList<>())
                    .add(ranks.get(i));
        }
        Map<String, Quality> domains = new TreeMap<>();
        byDomain.forEach((domain, of) -> domains.put(domain, Quality.of(of)));
        return new Result(Quality.of(ranks), domains);
    }

    // One row per dimension: the compiler turns the inner loop of scores() into vector instructions only in this order.
    private static float[][] columns(List<float[]> vectors) {
        float[][] columns = new float[vectors.get(0).length][vectors.size()];
        for (int row = 0; row < vectors.size(); row++) {
            for (int dimension = 0; dimension < columns.length; dimension++) {
                columns[dimension][row] = vectors.get(row)[dimension];
            }
        }
        return columns;
    }

    private static float[] scores(float[] query, float[][] columns) {
        float[] scores = new float[columns[0].length];
        for (int dimension = 0; dimension < query.length; dimension++) {
            float weight = query[dimension];
            float[] column = columns[dimension];
            for (int i = 0; i < scores.length; i++) {
                scores[i] += weight * column[i];
            }
        }
        return scores;
    }

    private int rank(Example query, float[] scores) {
        boolean[] right = new boolean[scores.length];
        float best = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < scores.length; i++) {
            String candidate = questions.candidates().get(i);
            right[i] = questions.relevance().answers(candidate, query);
            if (right[i] && questions.counts(candidate, query)) {
                best = Math.max(best, scores[i]);
            }
        }
        int before = 0;
        for (int i = 0; i < scores.length; i++) {
            if (!right[i]
                    && scores[i] >= best
                    && questions.counts(questions.candidates().get(i), query)) {
                before++;
            }
        }
        return before + 1;
    }
}
