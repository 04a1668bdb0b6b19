package dev.millrace.trainer.learning.batch;

import dev.millrace.trainer.learning.batch.BatchComposer.Composing;
import dev.millrace.trainer.learning.neighbours.NegativeSearch;
import dev.millrace.trainer.learning.neighbours.NegativeSearch.Asking;
import dev.millrace.trainer.learning.neighbours.Neighbours.Neighbour;
import java.util.ArrayList;
import java.util.List;

/**
 * Whose batch would be harder with whom: an example is tied to those whose positives lie nearest to its anchor, below
 * the positive-aware ceiling, and that it may be pushed from. Everything farther is left out (the pruned similarity
 * graph of Sachidananda et al. 2023).
 */
final class HardnessGraph {
    /** Of each example's own; those that are tied to it come on top. */
    private static final int TIES = 64;

    private final List<List<Neighbour>> ties;

    private HardnessGraph(List<List<Neighbour>> ties) {
        this.ties = ties;
    }

    static HardnessGraph of(List<Example> examples, NegativeSearch search, Composing composing) {
        List<String> drawnTo = examples.stream().map(Example::drawnTo).toList();
        float[][] anchors = composing
                .vectors()
                .queries(examples.stream().map(Example::anchor).toList());
        float[][] positives = composing.vectors().documents(drawnTo);
        Relations relations = new Relations(examples);
        return new HardnessGraph(bothWays(search.among(
                positives,
                new Asking(anchors, positives),
                TIES,
                (i, other) -> relations.allows(examples.get(i), drawnTo.get(other)),
                composing.between())));
    }

    private static List<List<Neighbour>> bothWays(List<List<Neighbour>> nearest) {
        List<List<Neighbour>> ties = new ArrayList<>();
        nearest.forEach(its -> ties.add(new ArrayList<>(its)));
        for (int i = 0; i < nearest.size(); i++) {
            for (Neighbour other : nearest.get(i)) {
                ties.get(other.row()).add(new Neighbour(i, other.similarity()));
            }
        }
        return ties;
    }

    /** With whom this example makes a batch harder, and by how much. */
    List<Neighbour> ties(int example) {
        return ties.get(example);
    }
}
