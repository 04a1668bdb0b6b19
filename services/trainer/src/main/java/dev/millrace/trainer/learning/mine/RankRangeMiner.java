package dev.millrace.trainer.learning.mine;

import dev.millrace.trainer.learning.batch.Example;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.vectors.EncodedTexts;
import dev.millrace.trainer.learning.vectors.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Negatives from a range of ranks below a positive-aware ceiling (de Souza P. Moreira et al. 2024, NV-Retriever,
 * TopK-PercPos): the nearest texts are skipped, and none may be almost as similar as the positive, since such are mostly
 * positives nobody labelled.
 */
final class RankRangeMiner implements Miner {
    private final LearningConfig config;

    RankRangeMiner(LearningConfig config) {
        this.config = config;
    }

    @Override
    public List<Example> mine(List<Example> examples, MiningPool pool, Vectors vectors) {
        if (config.hardNegatives() == 0 || pool.texts().isEmpty()) {
            return examples;
        }
        List<String> sides = Vectors.distinct(examples.stream()
                .flatMap(e ->
                        java.util.stream.Stream.concat(java.util.stream.Stream.of(e.anchor()), e.positive().stream())));
        EncodedTexts asked = EncodedTexts.of(sides, vectors);
        float[][] candidates = vectors.of(pool.texts());
        List<Example> mined = new ArrayList<>();
        for (Example example : examples) {
            mined.add(example.with(negatives(example, asked, pool, candidates)));
        }
        return mined;
    }

    private record Ranked(String text, double similarity) {}

    private List<String> negatives(Example example, EncodedTexts asked, MiningPool pool, float[][] candidates) {
        Optional<String> positive = example.positive();
        if (positive.isEmpty()) {
            return List.of();
        }
        float[] anchor = asked.vector(example.anchor());
        double ceiling = config.miningCeiling() * Vectors.similarity(anchor, asked.vector(positive.get()));
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
