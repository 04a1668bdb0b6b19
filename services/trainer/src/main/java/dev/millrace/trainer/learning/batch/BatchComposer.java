package dev.millrace.trainer.learning.batch;

import dev.millrace.trainer.learning.vectors.Vectors;
import java.util.List;

/** Cuts a window and replayed examples into batches. */
public interface BatchComposer {
    /** How many replayed examples find a place beside so many fresh ones. */
    int replayed(int fresh);

    /** Every fresh example lands in exactly one batch; replayed ones fill up as far as there are, each at most once. */
    List<List<Example>> compose(List<Example> fresh, List<Example> replayed, Composing composing);

    /**
     * One composing.
     *
     * @param vectors the current encoder
     * @param seed of whatever is drawn
     * @param between to be called every few seconds or oftener: tells that the work goes on, and may throw to end it
     */
    record Composing(Vectors vectors, long seed, Runnable between) {}
}
