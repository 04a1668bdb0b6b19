package dev.millrace.bench.spaces;

import dev.millrace.embedding.model.InputType;
import dev.millrace.embedding.space.PairedVectors;
import dev.millrace.evaluate.model.TextEncoder;
import dev.millrace.evaluation.vectors.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * An index as one version makes it, and that version's vectors of the questions.
 *
 * @param documents vectors of norm 1
 * @param queries vectors of norm 1
 */
record IndexSearch(IndexedTexts texts, float[][] documents, float[][] queries) {
    private static final int NEAREST = 10;

    static IndexSearch of(IndexedTexts texts, TextEncoder encoder) {
        return new IndexSearch(
                texts,
                encoder.encode(InputType.DOCUMENT, texts.documents()),
                encoder.encode(InputType.QUERY, texts.queries()));
    }

    /** recall@10 of these vectors of the questions in this index. */
    double recall(float[][] asked) {
        List<Tile> tiles = Tile.of(documents);
        return texts.recall(
                Arrays.stream(asked).map(vector -> nearest(vector, tiles)).toList());
    }

    private int[] nearest(float[] vector, List<Tile> tiles) {
        float[] cosines = new float[documents.length];
        float[] products = new float[Tile.WIDTH];
        for (Tile tile : tiles) {
            tile.products(vector, products);
            System.arraycopy(products, 0, cosines, tile.first(), tile.width());
        }
        return IntStream.range(0, cosines.length)
                .boxed()
                .sorted(Comparator.comparingDouble(place -> -cosines[place]))
                .limit(NEAREST)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Texts of the index as a newer version sees them and as this one does, in random order. */
    PairedVectors anchors(IndexSearch newer, int count, long seed) {
        List<Integer> places =
                new ArrayList<>(IntStream.range(0, documents.length).boxed().toList());
        Collections.shuffle(places, new Random(seed));
        List<Integer> drawn = places.subList(0, Math.min(count, places.size()));
        return new PairedVectors(rows(newer.documents, drawn), rows(documents, drawn));
    }

    private static float[][] rows(float[][] all, List<Integer> places) {
        return places.stream().map(place -> all[place]).toArray(float[][]::new);
    }
}
