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
    private final BatchSizes sizes;

    public ShuffledBatches(int batchPairs, double replayShare) {
        sizes = new BatchSizes(batchPairs, replayShare);
    }

    @Override
    public List<List<Example>> compose(List<Example> fresh, List<Example> replayed, Composing composing) {
        List<Example> shuffled = new ArrayList<>(fresh);
        Collections.shuffle(shuffled, new Random(composing.seed()));
        Deque<Example> old = new ArrayDeque<>(replayed);
        List<List<Example>> composed = new ArrayList<>();
        for (int b = 0; b < sizes.batches(fresh.size()); b++) {
            List<Example> batch =
                    new ArrayList<>(shuffled.subList(sizes.begin(b, fresh.size()), sizes.begin(b + 1, fresh.size())));
            while (sizes.replayShare() > 0 && batch.size() < sizes.pairs() && !old.isEmpty()) {
                batch.add(old.poll());
            }
            composed.add(batch);
        }
        return composed;
    }

    @Override
    public int replayed(int fresh) {
        return sizes.replayed(fresh);
    }
}
