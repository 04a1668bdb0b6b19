package dev.millrace.trainer.learning.batch;

import java.util.List;

/** Cuts a window and replayed examples into batches. */
public interface BatchComposer {
    /** How many replayed examples find a place beside so many fresh ones. */
    int replayed(int fresh);

    /** Every fresh example lands in exactly one batch; replayed ones fill up as far as there are, in their order. */
    List<List<Example>> compose(List<Example> fresh, List<Example> replayed, long seed);
}
