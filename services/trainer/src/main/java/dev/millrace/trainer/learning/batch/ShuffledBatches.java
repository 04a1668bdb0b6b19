package dev.millrace.trainer.learning.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Shuffles the window and mixes a fixed share of replayed examples into every batch. The last batch is evened out with the
 * others, so that no example meets just a few in-batch negatives.
 */
public final class ShuffledBatches implements BatchComposer {
    private final int batchPairs;
    private final double replayShare;

    public ShuffledBatches(int batchPairs, double replayShare) {
        this.batchPairs = batchPairs;
        this.replayShare = replayShare;
    }

    @Override
    public List<List<Example>> compose(List<Example> fresh, List<Example> replayed, long seed) {
        List<Example> shuffled = new ArrayList<>(fresh);
        Collections.shuffle(shuffled, new Random(seed));
        Deque<Example> old = new ArrayDeque<>(replayed);
        int freshPerBatch = Math.max(1, batchPairs - replayPerBatch());
        int batches = (shuffled.size() + freshPerBatch - 1) / freshPerBatch;
        List<List<Example>> composed = new ArrayList<>();
        for (int b = 0; b < batches; b++) {
            List<Example> batch =
                    new ArrayList<>(shuffled.subList(cut(shuffled, b, batches), cut(shuffled, b + 1, batches)));
            long mixed =
                    Math.min(batchPairs - batch.size(), Math.round(batch.size() * replayShare / (1 - replayShare)));
            for (long i = 0; i < mixed && !old.isEmpty(); i++) {
                batch.add(old.poll());
            }
            composed.add(batch);
        }
        return composed;
    }

    private static int cut(List<Example> examples, int batch, int batches) {
        return (int) ((long) batch * examples.size() / batches);
    }

    private int replayPerBatch() {
        return (int) Math.round(batchPairs * replayShare);
    }
}
