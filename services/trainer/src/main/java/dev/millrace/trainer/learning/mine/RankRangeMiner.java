package dev.millrace.trainer.learning.mine;

import dev.millrace.trainer.learning.batch.Example;
import dev.millrace.trainer.learning.mine.Miner.Mining;
import dev.millrace.trainer.learning.neighbours.NegativeSearch;
import dev.millrace.trainer.learning.neighbours.NegativeSearch.Asking;
import dev.millrace.trainer.learning.neighbours.Neighbours.Neighbour;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.vectors.Vectors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Negatives from a range of ranks below a positive-aware ceiling: the nearest texts are skipped, and of the
 * range behind them the nearest are taken, or any, as sentence-transformers' mine_hard_negatives does.
 */
public final class RankRangeMiner implements Miner {
    private final LearningConfig config;
    private final NegativeSearch search;

    public RankRangeMiner(LearningConfig config) {
        this.config = config;
        search = NegativeSearch.of(config);
    }

    @Override
    public List<Example> mine(List<Example> examples, MiningPool pool, Vectors vectors, Mining mining) {
        if (config.hardNegatives() == 0 || pool.texts().isEmpty()) {
            return examples;
        }
        List<Example> asking = examples.stream()
                .filter(example -> example.positive().isPresent())
                .toList();
        Iterator<List<Neighbour>> ranges =
                near(asking, pool, vectors, mining.between()).iterator();
        SplittableRandom random = new SplittableRandom(mining.seed());
        List<Example> mined = new ArrayList<>();
        for (Example example : examples) {
            mined.add(
                    example.positive().isEmpty() ? example : example.with(chosen(ranges.next(), pool.texts(), random)));
        }
        return mined;
    }

    /** What lies below each one's ceiling, as deep as the range goes. */
    private List<List<Neighbour>> near(List<Example> asking, MiningPool pool, Vectors vectors, Runnable between) {
        List<String> texts = pool.texts();
        float[][] anchors = vectors.queries(asking.stream().map(Example::anchor).toList());
        float[][] positives =
                vectors.documents(asking.stream().map(Example::drawnTo).toList());
        return search.among(
                vectors.documents(texts),
                new Asking(anchors, positives),
                config.miningSkip() + config.miningDepth(),
                (i, row) -> pool.allows(asking.get(i), texts.get(row)),
                between);
    }

    private List<String> chosen(List<Neighbour> near, List<String> texts, SplittableRandom random) {
        List<String> range = new ArrayList<>(near.stream()
                .skip(config.miningSkip())
                .map(neighbour -> texts.get(neighbour.row()))
                .toList());
        int wanted = Math.min(config.hardNegatives(), range.size());
        for (int i = 0; config.miningChoice().equals("random") && i < wanted; i++) {
            Collections.swap(range, i, random.nextInt(i, range.size()));
        }
        return range.subList(0, wanted);
    }
}
