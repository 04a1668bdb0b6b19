package dev.millrace.trainer.learning.mine;

import dev.millrace.trainer.learning.batch.Example;
import dev.millrace.trainer.learning.mine.Miner.Mining;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.vectors.Vectors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Negatives from a range of ranks below a positive-aware ceiling (de Souza P. Moreira et al. 2024, NV-Retriever,
 * TopK-PercPos): the nearest texts are skipped, and none may be almost as similar as the positive, since such are
 * mostly positives nobody labelled. From the range the nearest are taken, or any, as sentence-transformers'
 * mine_hard_negatives does.
 */
public final class RankRangeMiner implements Miner {
    private final LearningConfig config;

    public RankRangeMiner(LearningConfig config) {
        this.config = config;
    }

    @Override
    public List<Example> mine(List<Example> examples, MiningPool pool, Vectors vectors, Mining mining) {
        if (config.hardNegatives() == 0 || pool.texts().isEmpty()) {
            return examples;
        }
        float[][] candidates = vectors.of(pool.texts());
        float[][] anchors = vectors.of(examples.stream().map(Example::anchor).toList());
        float[][] drawnTo =
                vectors.of(examples.stream().map(RankRangeMiner::drawnTo).toList());
        SplittableRandom random = new SplittableRandom(mining.seed());
        List<Example> mined = new ArrayList<>();
        for (int i = 0; i < anchors.length; i++) {
            mining.between().run();
            Example example = examples.get(i);
            double ceiling = ceiling(Vectors.similarity(anchors[i], drawnTo[i]));
            mined.add(
                    example.positive().isEmpty()
                            ? example
                            : example.with(chosen(ranked(example, anchors[i], ceiling, candidates, pool), random)));
        }
        return mined;
    }

    private static String drawnTo(Example example) {
        return example.positive().orElse(example.anchor());
    }

    /**
     * Below the positive by the same share of its distance from 0, on whichever side of it: never above the positive.
     */
    private double ceiling(double positive) {
        return positive - (1 - config.miningCeiling()) * Math.abs(positive);
    }

    private record Ranked(String text, double similarity) {}

    /** The texts of the range, nearest first. */
    private List<String> ranked(
            Example example, float[] anchor, double ceiling, float[][] candidates, MiningPool pool) {
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
                .map(Ranked::text)
                .toList();
    }

    private List<String> chosen(List<String> range, SplittableRandom random) {
        List<String> order = new ArrayList<>(range);
        int wanted = Math.min(config.hardNegatives(), order.size());
        for (int i = 0; config.miningChoice().equals("random") && i < wanted; i++) {
            Collections.swap(order, i, random.nextInt(i, order.size()));
        }
        return order.subList(0, wanted);
    }
}
