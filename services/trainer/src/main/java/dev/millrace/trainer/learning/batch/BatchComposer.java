package dev.millrace.trainer.learning.batch;

import java.util.List;

/** Cuts a window and replayed examples into batches. */
@FunctionalInterface
public interface BatchComposer {
    /** Every fresh example lands in exactly one batch; replayed ones fill up as far as there are. */
    List<List<Example>> compose(List<Example> fresh, List<Example> replayed, long seed);
}
