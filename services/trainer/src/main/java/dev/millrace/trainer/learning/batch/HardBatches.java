package dev.millrace.trainer.learning.batch;

import dev.millrace.trainer.learning.neighbours.NegativeSearch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Each example's hard negatives are other examples of its batch, at no more cost than any batch has (Sachidananda et
 * al. 2023, Global Contrastive Batch Sampling). A batch begins with any example and takes in, one after the other,
 * whichever is nearest to those that are in it, added up over all that it may be pushed from: so one group alone does
 * not fill a batch. Fresh and replayed ones have as many places as in {@link ShuffledBatches}.
 */
public final class HardBatches implements BatchComposer {
    private final BatchSizes sizes;
    private final NegativeSearch search;

    public HardBatches(int batchPairs, double replayShare, NegativeSearch search) {
        sizes = new BatchSizes(batchPairs, replayShare);
        this.search = search;
    }

    @Override
    public List<List<Example>> compose(List<Example> fresh, List<Example> replayed, Composing composing) {
        Random random = new Random(composing.seed());
        List<Example> examples = new ArrayList<>(fresh);
        Collections.shuffle(examples, random);
        examples.addAll(sizes.replayShare() > 0 ? replayed : List.of());
        Filling filling = new Filling(HardnessGraph.of(examples, search, composing), fresh.size(), examples.size());
        List<List<Example>> composed = new ArrayList<>();
        for (int b = 0; b < sizes.batches(fresh.size()); b++) {
            composing.between().run();
            int own = sizes.begin(b + 1, fresh.size()) - sizes.begin(b, fresh.size());
            composed.add(filling.batch(own, sizes.replayShare() > 0 ? sizes.pairs() : own).stream()
                    .map(examples::get)
                    .toList());
        }
        Collections.shuffle(composed, random);
        return composed;
    }

    @Override
    public int replayed(int fresh) {
        return sizes.replayed(fresh);
    }

    /** Who is placed already, and how much harder each of the others would make the batch that fills. */
    private static final class Filling {
        private final HardnessGraph graph;
        private final int fresh;
        private final BitSet waiting = new BitSet();
        private final BitSet tied = new BitSet();
        private final double[] harder;

        /** Of {@code size} examples, of which the first {@code fresh} are fresh. */
        Filling(HardnessGraph graph, int fresh, int size) {
            this.graph = graph;
            this.fresh = fresh;
            harder = new double[size];
            waiting.set(0, size);
        }

        List<Integer> batch(int freshOnes, int pairs) {
            List<Integer> batch = new ArrayList<>();
            while (batch.size() < freshOnes) {
                batch.add(place(hardest(0, fresh)));
            }
            while (batch.size() < pairs && waiting.nextSetBit(fresh) >= 0) {
                batch.add(place(hardest(fresh, harder.length)));
            }
            tied.stream().forEach(example -> harder[example] = 0);
            tied.clear();
            return batch;
        }

        /** Of those that wait; of equals, and where none is tied to the batch, the first. */
        private int hardest(int from, int to) {
            int best = waiting.nextSetBit(from);
            for (int i = tied.nextSetBit(from); i >= 0 && i < to; i = tied.nextSetBit(i + 1)) {
                if (waiting.get(i) && harder[i] > harder[best]) {
                    best = i;
                }
            }
            return best;
        }

        private int place(int example) {
            waiting.clear(example);
            graph.ties(example).forEach(tie -> {
                harder[tie.row()] += tie.similarity();
                tied.set(tie.row());
            });
            return example;
        }
    }
}
