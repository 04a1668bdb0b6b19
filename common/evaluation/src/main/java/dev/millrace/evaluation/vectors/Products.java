package dev.millrace.evaluation.vectors;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Many vectors times many rows, a tile at a time and spread over the processors. No matrix of all products ever stands in memory:
 * whoever asks meets a tile's products of one vector, and keeps what it wants of them.
 */
public final class Products {
    /** Vectors that one thread takes at a time, so that a tile meets all of them while it is in the core's cache. */
    private static final int SHARE = 32;

    private Products() {}

    /** Is given the dot products of one vector with the rows of one tile. */
    @FunctionalInterface
    public interface Meeting {
        /**
         * The next tile's products; all of one vector come from one thread, tile after tile.
         *
         * @param vector its place among the vectors
         * @param products of the tile's rows, valid during the call
         * @param tile of which {@link Tile#width()} rows begin at {@link Tile#first()}
         */
        void of(int vector, float[] products, Tile tile);
    }

    /**
     * Every vector meets every tile, in the order of the tiles; returns when all have.
     *
     * @param vectors of as many dimensions as the tiles
     * @param meeting called by several threads, with different vectors
     */
    public static void each(float[][] vectors, List<Tile> tiles, Meeting meeting) {
        IntStream.range(0, (vectors.length + SHARE - 1) / SHARE).parallel().forEach(share -> {
            float[] products = new float[Tile.WIDTH];
            int end = Math.min(vectors.length, (share + 1) * SHARE);
            for (Tile tile : tiles) {
                for (int i = share * SHARE; i < end; i++) {
                    tile.products(vectors[i], products);
                    meeting.of(i, products, tile);
                }
            }
        });
    }
}
