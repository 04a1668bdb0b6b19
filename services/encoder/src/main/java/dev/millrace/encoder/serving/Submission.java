package dev.millrace.encoder.serving;

import dev.millrace.embedding.text.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The texts of one request on their way through one or more passes. */
final class Submission {
    private final List<Tokens> texts;
    private final float[][] rows;
    private final CompletableFuture<List<float[]>> result = new CompletableFuture<>();
    private int taken;
    private long tokensLeft;
    private int missing;

    Submission(List<Tokens> texts) {
        this.texts = texts;
        rows = new float[texts.size()][];
        missing = texts.size();
        tokensLeft = texts.stream().mapToLong(Tokens::length).sum();
    }

    CompletableFuture<List<float[]>> result() {
        return result;
    }

    /** Not taken yet, none once the request has ended; guarded by the queue. */
    int textsLeft() {
        return result.isDone() ? 0 : texts.size() - taken;
    }

    /** Of the texts left; guarded by the queue. */
    long tokensLeft() {
        return tokensLeft;
    }

    /**
     * Takes the next texts into a pass: one, and more of them up to its share. Guarded by the queue.
     *
     * @param share tokens that this request may have
     * @param free tokens that the pass has room for; an empty pass takes a text of any length
     * @return tokens taken, 0 when the next text does not fit
     */
    int take(List<Text> pass, int share, int free) {
        int sum = 0;
        while (textsLeft() > 0 && fits(pass, sum, sum == 0 ? free : Math.min(share, free))) {
            final Text text = new Text(this, taken, texts.get(taken));
            taken++;
            pass.add(text);
            sum += text.tokens().length();
            tokensLeft -= text.tokens().length();
        }
        return sum;
    }

    /** For the model's thread. */
    boolean lacksOnlyOne() {
        return missing == 1 && !result.isDone();
    }

    /** For the model's thread. */
    void row(int index, float[] row) {
        rows[index] = row;
        missing--;
        if (missing == 0) {
            result.complete(Arrays.asList(rows));
        }
    }

    private boolean fits(List<Text> pass, int sum, int most) {
        return pass.isEmpty() || sum + texts.get(taken).length() <= most;
    }

    /** One text of a request. */
    record Text(Submission submission, int index, Tokens tokens) {
        boolean isWanted() {
            return !submission.result().isDone();
        }
    }
}
