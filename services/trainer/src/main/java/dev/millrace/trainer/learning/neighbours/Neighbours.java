package dev.millrace.trainer.learning.neighbours;

import java.util.List;

/** Finds what lies nearest to vectors among the rows of a table, by cosine. */
@FunctionalInterface
public interface Neighbours {
    /**
     * The nearest rows that each vector may have, nearest first, and of equally near ones the first of the table.
     *
     * @param queries unit vectors of as many dimensions as the rows
     * @param count at most so many for each
     * @param between called every few seconds or oftener: tells that the work goes on, and may throw to end it
     */
    List<List<Neighbour>> of(float[][] queries, int count, Choice choice, Runnable between);

    /** A row of the table, and its cosine with the vector that it is near to. */
    record Neighbour(int row, float similarity) {}

    /** What a vector may have; asked by several threads. */
    @FunctionalInterface
    interface Choice {
        boolean allows(int query, int row, float similarity);
    }
}
