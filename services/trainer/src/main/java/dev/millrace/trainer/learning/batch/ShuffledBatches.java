package dev.millrace.trainer.learning.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Shuffles the window, deals it out evenly, and fills every batch up with replayed examples: at least the share that is
 * asked for, and more where the window has too few, so that no example meets just a few in-batch negatives or weighs
 * more than another.
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
        int batches = batches(fresh.size());
        List<List<Example>> composed = new ArrayList<>();
        for (int b = 0; b < batches; b++) {
            List<Example> batch =
                    new ArrayList<>(shuffled.subList(cut(shuffled, b, batches), cut(shuffled, b + 1, batches)));
            while (replayShare > 0 && batch.size() < batchPairs && !old.isEmpty()) {
                batch.add(old.poll());
            }
            composed.add(batch);
        }
        return composed;
    }

    @Override
    public int replayed(int fresh) {
        return replayShare > 0 ? batches(fresh) * batchPairs - fresh : 0;
    }

    private int batches(int fresh) {
        int freshPerBatch = Math.max(1, batchPairs - replayPerBatch());
        return (fresh + freshPerBatch - 1) / freshPerBatch;
    }

    private static int cut(List<Example> examples, int batch, int batches) {
        return (int) ((long) batch * examples.size() / batches);
    }

    private int replayPerBatch() {
        return (int) Math.round(batchPairs * replayShare);
    }
}
