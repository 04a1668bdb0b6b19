package dev.millrace.trainer.learning.neighbours;

import dev.millrace.evaluation.vectors.Products;
import dev.millrace.evaluation.vectors.Tile;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Compares every vector with every row, as a product of two matrices of which only tiles ever stand in memory. Every
 * product is added up in one order, so the same vectors have the same neighbours on any number of threads.
 */
public final class ExactNeighbours implements Neighbours {
    /** Rows that are laid out as tiles at a time. */
    private static final int BLOCK = 4096;

    /** Vectors between two signs of life: a fraction of a second, on a slow machine. */
    private static final int PART = 256;

    private final float[][] rows;

    /** @param rows unit vectors */
    public ExactNeighbours(float[][] rows) {
        this.rows = rows;
    }

    @Override
    public List<List<Neighbour>> of(float[][] queries, int count, Choice choice, Runnable between) {
        List<Nearest> nearest = IntStream.range(0, queries.length)
                .mapToObj(query -> new Nearest(query, count, choice))
                .toList();
        for (int block = 0; block < rows.length; block += BLOCK) {
            int first = block;
            List<Tile> tiles = Tile.of(Arrays.copyOfRange(rows, block, Math.min(block + BLOCK, rows.length)));
            for (int part = 0; part < queries.length; part += PART) {
                between.run();
                List<Nearest> asking = nearest.subList(part, Math.min(part + PART, queries.length));
                Products.each(
                        Arrays.copyOfRange(queries, part, part + asking.size()),
                        tiles,
                        (i, products, tile) -> asking.get(i).meet(products, tile.width(), first + tile.first()));
            }
        }
        return nearest.stream().map(Nearest::inOrder).toList();
    }
}
