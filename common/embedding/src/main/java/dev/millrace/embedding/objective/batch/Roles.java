package dev.millrace.embedding.objective.batch;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What is known of a batch's texts, as their indexes.
 *
 * @param rows by side; a side that is not there has none
 * @param graded pairs whose similarity is known
 * @param identities of a text: numbers that it shares with a text of another batch only where both are one, are or have been
 *     drawn together, or are of one group
 */
public record Roles(Map<Side, List<Row>> rows, List<GradedPair> graded, IntFunction<long[]> identities) {
    public Roles {
        rows = Map.copyOf(rows);
        graded = List.copyOf(graded);
        if (graded.isEmpty() && rows.values().stream().allMatch(List::isEmpty)) {
            throw new IllegalArgumentException("a batch has at least one row or graded pair");
        }
    }

    /** With nothing known of other batches' texts. */
    public Roles(Map<Side, List<Row>> rows, List<GradedPair> graded) {
        this(rows, graded, text -> new long[0]);
    }

    /** Of anchors alone. */
    public static Roles ofAnchors(List<Row> anchors) {
        return new Roles(Map.of(Side.ANCHORS, anchors), List.of());
    }

    /** The rows of a side. */
    public List<Row> rows(Side side) {
        return rows.getOrDefault(side, List.of());
    }

    void requireBelow(int texts) {
        IntStream named = IntStream.concat(
                rows.values().stream()
                        .flatMap(List::stream)
                        .flatMapToInt(row -> IntStream.of(row.text(), row.positive())),
                graded.stream().flatMapToInt(pair -> IntStream.of(pair.first(), pair.second())));
        if (named.anyMatch(text -> text < 0 || text >= texts)) {
            throw new IllegalArgumentException("a role names a text that is not in the batch");
        }
    }
}
