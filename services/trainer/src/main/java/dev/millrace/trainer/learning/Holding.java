package dev.millrace.trainer.learning;

import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.train.Protection;
import dev.millrace.trainer.learning.batch.Example;
import dev.millrace.trainer.learning.settings.LearningConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Elastic weight consolidation: while a window is learned the weights are held to where they were before it, each as much
 * as what is remembered rests on it. What it rests on is found anew for every window, so that nothing of it has to be
 * kept between windows.
 */
final class Holding {
    private final LearningConfig config;
    private final Model model;
    private final Batches batches;

    Holding(LearningConfig config, Batches batches) {
        this.config = config;
        this.batches = batches;
        model = batches.model();
    }

    /** How many replayed pairs tell what is to be kept; 0 where nothing is held. */
    int pairs() {
        return config.anchor().equals(LearningConfig.EWC) ? config.anchorPairs() : 0;
    }

    /** The lesson, with the weights held to what these examples rest on; without any, they are free. */
    <T> T during(Supplier<T> lesson, List<Example> known, long seed, Runnable between) {
        if (known.isEmpty()) {
            return lesson.get();
        }
        Protection held = model.encoder().protect(batches(known, seed), config.anchorStrength(), seed, between);
        try (held) {
            return lesson.get();
        }
    }

    private List<TrainingBatch> batches(List<Example> known, long seed) {
        List<TrainingBatch> all = new ArrayList<>();
        for (int from = 0; from < known.size(); from += config.batchPairs()) {
            List<Example> examples = known.subList(from, Math.min(from + config.batchPairs(), known.size()));
            all.add(batches.batch(examples, seed + from, Optional.empty()));
        }
        return all;
    }
}
