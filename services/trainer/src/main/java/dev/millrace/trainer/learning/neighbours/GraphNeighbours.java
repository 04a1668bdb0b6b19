package dev.millrace.trainer.learning.neighbours;

import dev.millrace.evaluation.vectors.Tile;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.OnHeapGraphIndex;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.util.Bits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/**
 * Finds most of the nearest rows without comparing all: rows are the nodes of a graph that leads from near to nearer
 * (Subramanya et al. 2019, DiskANN, which is HNSW of one level with longer edges; jvector's). Built by one thread, row
 * after row, over products that have one order of additions: the same rows make the same graph everywhere, and a search
 * depends on nothing but the graph.
 */
final class GraphNeighbours implements Neighbours {
    private static final int DEGREE = 32;
    private static final int BEAM = 100;
    private static final float OVERFLOW = 1.2f;
    private static final float LONGER_EDGES = 1.2f;

    /** Rows added, or vectors searched for, between two signs of life. */
    private static final int PART = 256;

    private final float[][] rows;
    private final OnHeapGraphIndex graph;

    private GraphNeighbours(float[][] rows, OnHeapGraphIndex graph) {
        this.rows = rows;
        this.graph = graph;
    }

    /**
     * Builds the graph.
     *
     * @param rows unit vectors, one at least
     * @param between as of {@link #of}
     */
    static GraphNeighbours of(float[][] rows, Runnable between) {
        RowScores scores = new RowScores(rows);
        ForkJoinPool alone = new ForkJoinPool(1);
        try (GraphIndexBuilder builder = new GraphIndexBuilder(
                scores, scores.dimensions(), DEGREE, BEAM, OVERFLOW, LONGER_EDGES, alone, alone)) {
            for (int row = 0; row < rows.length; row++) {
                if (row % PART == 0) {
                    between.run();
                }
                builder.addGraphNode(row, scores.vector(row));
            }
            builder.cleanup();
            return new GraphNeighbours(rows, builder.getGraph());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            alone.shutdown();
        }
    }

    @Override
    public List<List<Neighbour>> of(float[][] queries, int count, Choice choice, Runnable between) {
        List<List<Neighbour>> found = new ArrayList<>();
        for (int part = 0; part < queries.length; part += PART) {
            between.run();
            found.addAll(IntStream.range(part, Math.min(part + PART, queries.length))
                    .parallel()
                    .mapToObj(query -> near(query, queries[query], count, choice))
                    .toList());
        }
        return found;
    }

    private List<Neighbour> near(int query, float[] vector, int count, Choice choice) {
        Bits allowed = row -> choice.allows(query, row, Tile.product(vector, rows[row]));
        try (GraphSearcher searcher = new GraphSearcher(graph)) {
            SearchResult result =
                    searcher.search(RowScores.of(vector, rows), count, Math.max(BEAM, 2 * count), 0, 0, allowed);
            return Arrays.stream(result.getNodes())
                    .map(node -> new Neighbour(node.node, Tile.product(vector, rows[node.node])))
                    .sorted(Nearest.NEAREST_FIRST)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
