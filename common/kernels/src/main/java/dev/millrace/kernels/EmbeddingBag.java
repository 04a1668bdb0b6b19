package dev.millrace.kernels;

import dev.millrace.kernels.threads.Scratch;
import dev.millrace.kernels.threads.Team;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A text's vector is the sum of its tokens' rows of a table, made 1 long: of the mean the same, as its divisor would cancel out (an
 * embedding bag; Shen et al. 2018, "Baseline Needs More Love"; model2vec, Tulkens and van Dongen 2024). The same text has the same bits,
 * whatever is encoded beside it and on however many threads. For one calling thread at a time; {@link #close()} ends the others.
 */
public final class EmbeddingBag implements AutoCloseable {
    /** Texts of one piece of work: of queries some tens of microseconds, well above what a helper costs that is woken for it. */
    private static final int TEXTS = 64;

    private final FloatBuffer table;
    private final int width;
    private final Team team;

    /**
     * @param table [rows, width], read in place for as long as texts are encoded
     * @param width numbers of a row, and of a vector; at least 1
     * @param threads with the calling one, 1..256
     */
    public EmbeddingBag(FloatBuffer table, int width, int threads) {
        this.table = table;
        this.width = width;
        team = new Team(threads);
    }

    /** One vector of norm 1 for each text's token ids, in the order given; ids are rows of the table, at least one a text. */
    public float[][] encode(List<int[]> texts) {
        float[][] vectors = new float[texts.size()][];
        team.each((vectors.length + TEXTS - 1) / TEXTS, (worker, scratch, part) -> {
            for (int text = part * TEXTS; text < Math.min(vectors.length, (part + 1) * TEXTS); text++) {
                vectors[text] = unit(sum(texts.get(text), scratch));
            }
        });
        return vectors;
    }

    /** A row is copied first: from an array to an array the compiler adds whole vectors. */
    private float[] sum(int[] ids, Scratch scratch) {
        float[] row = scratch.row(width);
        float[] sum = new float[width];
        for (int id : ids) {
            table.get(id * width, row, 0, width);
            for (int i = 0; i < width; i++) {
                sum[i] += row[i];
            }
        }
        return sum;
    }

    private static float[] unit(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        float scale = (float) (1 / Math.max(Math.sqrt(squares), 1e-12));
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= scale;
        }
        return vector;
    }

    @Override
    public void close() {
        team.close();
    }
}
