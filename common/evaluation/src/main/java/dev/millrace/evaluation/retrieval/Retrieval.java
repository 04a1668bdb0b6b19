package dev.millrace.evaluation.retrieval;

import dev.millrace.evaluation.vectors.Products;
import dev.millrace.evaluation.vectors.Progress;
import dev.millrace.evaluation.vectors.Tile;
import dev.millrace.evaluation.vectors.VectorTable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ranks every document for every query by cosine, exactly. Documents are read twice, a block at a time: in memory are the queries'
 * vectors, one block, and ten places a query. The work is spread over the processors; the figures do not depend on it.
 */
public final class Retrieval {
    private static final int BLOCK = 4096;

    private Retrieval() {}

    /**
     * Where each question's answers come.
     *
     * @param questions each answerable, with documents of the table
     * @param queries their vectors, in the same order, of any length above 0
     * @param documents what is ranked, in as many dimensions
     * @param progress hears of documents compared
     * @return a placement for each question
     * @throws IllegalArgumentException when sizes, dimensions or places do not fit
     * @throws dev.millrace.evaluation.vectors.NonFiniteVectorException when a vector holds a number that is not finite
     */
    public static List<Placement> of(
            List<Question> questions, VectorTable queries, VectorTable documents, Progress progress) {
        questions.forEach(question -> check(question, documents));
        if (questions.size() != queries.size()) {
            throw new IllegalArgumentException(questions.size() + " questions, " + queries.size() + " queries");
        }
        List<Ranking> rankings = questions.stream().map(Ranking::new).toList();
        float[][] asked = queries.unit(0, queries.size());
        for (int from = 0; from < documents.size(); from += BLOCK) {
            float[][] block = block(documents, from, asked);
            int first = from;
            each(rankings, (ranking, i) -> ranking.meetAnswers(asked[i], block, first));
        }
        for (int from = 0; from < documents.size(); from += BLOCK) {
            float[][] block = block(documents, from, asked);
            rank(rankings, asked, Tile.of(block), from);
            progress.done(from + block.length);
        }
        return rankings.stream().map(Ranking::placement).toList();
    }

    private static void check(Question question, VectorTable documents) {
        int[] right = question.right();
        if (right.length == 0 || right[0] < 0 || right[right.length - 1] >= documents.size()) {
            throw new IllegalArgumentException("a question without an answer among the documents");
        }
    }

    private static float[][] block(VectorTable documents, int from, float[][] asked) {
        float[][] block = documents.unit(from, Math.min(from + BLOCK, documents.size()));
        if (asked.length > 0 && block[0].length != asked[0].length) {
            throw new IllegalArgumentException(
                    "documents have " + block[0].length + " dimensions, queries " + asked[0].length);
        }
        return block;
    }

    private static void rank(List<Ranking> rankings, float[][] asked, List<Tile> tiles, int first) {
        Products.each(asked, tiles, (i, products, tile) -> rankings.get(i)
                .meetAll(products, tile.width(), first + tile.first()));
    }

    private interface Meeting {
        void of(Ranking ranking, int index);
    }

    private static void each(List<Ranking> rankings, Meeting meeting) {
        IntStream.range(0, rankings.size()).parallel().forEach(i -> meeting.of(rankings.get(i), i));
    }
}
