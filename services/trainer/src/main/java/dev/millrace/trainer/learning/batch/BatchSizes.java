package dev.millrace.trainer.learning.batch;

/**
 * How many batches a window makes, and of how many examples: fresh ones are dealt out evenly, replayed ones fill every
 * batch up, at least the share that is asked for.
 *
 * @param pairs in a batch
 * @param replayShare of a batch at least, [0, 1)
 */
record BatchSizes(int pairs, double replayShare) {
    int batches(int fresh) {
        int freshPerBatch = Math.max(1, pairs - (int) Math.round(pairs * replayShare));
        return (fresh + freshPerBatch - 1) / freshPerBatch;
    }

    /** How many replayed examples find a place beside so many fresh ones. */
    int replayed(int fresh) {
        return replayShare > 0 ? batches(fresh) * pairs - fresh : 0;
    }

    /** Where the fresh examples of a batch begin, and so where those of the one before end. */
    int begin(int batch, int fresh) {
        return (int) ((long) batch * fresh / batches(fresh));
    }
}
