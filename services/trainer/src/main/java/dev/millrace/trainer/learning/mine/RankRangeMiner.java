package dev.millrace.trainer.learning.mine;

import dev.millrace.trainer.learning.batch.Example;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.vectors.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Negatives from a range of ranks below a positive-aware ceiling (de Souza P. Moreira et al. 2024, NV-Retriever,
 * TopK-PercPos): the nearest texts are skipped, and none may be almost as similar as the positive, since such are mostly
 * positives nobody labelled.
 */
public final class RankRangeMiner implements Miner {
    private final LearningConfig config;

    public RankRangeMiner(LearningConfig config) {
        this.config = config;
    }

    @Override
    public List<Example> mine(List<Example> examples, MiningPool pool, Vectors vectors) {
        if (config.hardNegatives() == 0 || pool.texts().isEmpty()) {
            return examples;
        }
        float[][] candidates = vectors.of(pool.texts());
        List<Example> mined = new ArrayList<>();
        float[][] anchors = vectors.of(examples.stream().map(Example::anchor).toList());
        float[][] drawnTo =
                vectors.of(examples.stream().map(RankRangeMiner::drawnTo).toList());
        for (int i = 0; i < anchors.length; i++) {
            Example example = examples.get(i);
            double positive = Vectors.similarity(anchors[i], drawnTo[i]);
            mined.add(example.with(
                    example.positive().isEmpty()
                            ? List.of()
                            : negatives(example, anchors[i], positive, candidates, pool)));
        }
        return mined;
    }

    private record Ranked(String text, double similarity) {}

    private static String drawnTo(Example example) {
        return example.positive().orElse(example.anchor());
    }

    private List<String> negatives(
            Example example, float[] anchor, double positive, float[][] candidates, MiningPool pool) {
        double ceiling = config.miningCeiling() * positive;
        PriorityQueue<Ranked> nearest = new PriorityQueue<>((a, b) -> Double.compare(a.similarity(), b.similarity()));
        int deep = config.miningSkip() + config.miningDepth();
        for (int i = 0; i < candidates.length; i++) {
            double similarity = Vectors.similarity(anchor, candidates[i]);
            boolean promising =
                    nearest.size() < deep || similarity > nearest.peek().similarity();
            if (promising
                    && similarity < ceiling
                    && pool.allows(example, pool.texts().get(i))) {
                nearest.add(new Ranked(pool.texts().get(i), similarity));
                if (nearest.size() > deep) {
                    nearest.poll();
                }
            }
        }
        return nearest.stream()
                .sorted((a, b) -> Double.compare(b.similarity(), a.similarity()))
                .skip(config.miningSkip())
                .limit(config.hardNegatives())
                .map(Ranked::text)
                .toList();
    }
}
