package dev.millrace.encoder.serving;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The texts of one request on their way through one or more batches; only the model's thread fills it. */
final class Submission {
    private final float[][] rows;
    private final CompletableFuture<List<float[]>> result = new CompletableFuture<>();
    private int missing;

    Submission(int texts) {
        this.rows = new float[texts][];
        this.missing = texts;
    }

    CompletableFuture<List<float[]>> result() {
        return result;
    }

    boolean lacksOnlyOne() {
        return missing == 1 && !result.isDone();
    }

    void row(int index, float[] row) {
        rows[index] = row;
        missing--;
        if (missing == 0) {
            result.complete(Arrays.asList(rows));
        }
    }
}
