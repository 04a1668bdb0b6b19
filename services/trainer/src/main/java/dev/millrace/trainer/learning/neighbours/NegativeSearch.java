package dev.millrace.trainer.learning.neighbours;

import dev.millrace.trainer.learning.neighbours.Neighbours.Neighbour;
import dev.millrace.trainer.learning.settings.LearningConfig;
import java.util.List;

/**
 * Finds what may be an anchor's hard negatives: the rows nearest to it that lie below the ceiling beside its positive.
 * Exactly among few rows; among more than {@code exactRows} most of them.
 */
public record NegativeSearch(Ceiling ceiling, int exactRows) {
    public static NegativeSearch of(LearningConfig config) {
        return new NegativeSearch(Ceiling.of(config), config.miningExactTexts());
    }

    /** Unit vectors of anchors, and of what each is drawn to, in the same order. */
    public record Asking(float[][] anchors, float[][] positives) {}

    /** Whether a row may be a negative of the anchor, however near it lies; asked by several threads. */
    @FunctionalInterface
    public interface Relation {
        boolean allows(int anchor, int row);
    }

    /**
     * The hardest for each anchor, nearest first.
     *
     * @param rows unit vectors
     * @param count at most so many for each
     * @param between as of {@link Neighbours#of}
     */
    public List<List<Neighbour>> among(float[][] rows, Asking asking, int count, Relation relation, Runnable between) {
        double[] ceilings = ceiling.besideEach(asking.anchors(), asking.positives());
        Neighbours neighbours =
                rows.length <= exactRows ? new ExactNeighbours(rows) : GraphNeighbours.of(rows, between);
        return neighbours.of(
                asking.anchors(),
                count,
                (i, row, similarity) -> similarity < ceilings[i] && relation.allows(i, row),
                between);
    }
}
