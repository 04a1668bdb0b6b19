package dev.millrace.devstack.demo.measure;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How well queries find their documents.
 *
 * @param hitAt share of queries with a right document among the first 1, 2, .. {@link #DEPTH}
 * @param queries how many were asked
 */
public record Quality(List<Double> hitAt, int queries) {
    public static final int DEPTH = 5;

    public Quality {
        hitAt = List.copyOf(hitAt);
    }

    /** From the place, counted from 1, of each query's best right document. */
    static Quality of(List<Integer> ranks) {
        List<Double> hits = IntStream.rangeClosed(1, DEPTH)
                .mapToObj(k -> (double) ranks.stream().filter(rank -> rank <= k).count() / Math.max(1, ranks.size()))
                .toList();
        return new Quality(hits, ranks.size());
    }

    public double hitAt(int k) {
        return hitAt.get(k - 1);
    }

    /** Share of queries with no right document among the first {@link #DEPTH}. */
    public double noMatch() {
        return (queries - Math.round(hitAt(DEPTH) * queries)) / (double) Math.max(1, queries);
    }
}
