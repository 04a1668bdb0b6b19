package dev.millrace.trainer.learning.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Batches of one source each, but for those where one source ends and the next begins: where sources differ in style or
 * topic, negatives of another source are told apart without reading, and teach nothing (Nussbaum et al. 2024, Nomic
 * Embed). Replayed examples join their own source first. Sizes are those of {@link ShuffledBatches}.
 */
public final class SameSourceBatches implements BatchComposer {
    private final BatchSizes sizes;

    public SameSourceBatches(int batchPairs, double replayShare) {
        sizes = new BatchSizes(batchPairs, replayShare);
    }

    @Override
    public List<List<Example>> compose(List<Example> fresh, List<Example> replayed, Composing composing) {
        Random random = new Random(composing.seed());
        List<Example> shuffled = new ArrayList<>(fresh);
        Collections.shuffle(shuffled, random);
        List<Example> ordered =
                bySource(shuffled).values().stream().flatMap(List::stream).toList();
        List<List<Example>> composed = new ArrayList<>();
        for (int b = 0; b < sizes.batches(fresh.size()); b++) {
            composed.add(
                    new ArrayList<>(ordered.subList(sizes.begin(b, fresh.size()), sizes.begin(b + 1, fresh.size()))));
        }
        if (sizes.replayShare() > 0) {
            fillUp(composed, replayed);
        }
        Collections.shuffle(composed, random);
        return composed;
    }

    private static Map<String, List<Example>> bySource(List<Example> examples) {
        Map<String, List<Example>> sources = new LinkedHashMap<>();
        examples.forEach(example -> sources.computeIfAbsent(example.source(), source -> new ArrayList<>())
                .add(example));
        return sources;
    }

    /** First with what is of a batch's sources, then with what is left. */
    private void fillUp(List<List<Example>> batches, List<Example> replayed) {
        Map<String, Deque<Example>> waiting = new LinkedHashMap<>();
        bySource(replayed).forEach((source, its) -> waiting.put(source, new ArrayDeque<>(its)));
        for (List<Example> batch : batches) {
            bySource(batch).keySet().forEach(source -> fill(batch, waiting.getOrDefault(source, new ArrayDeque<>())));
        }
        batches.forEach(batch -> waiting.values().forEach(its -> fill(batch, its)));
    }

    private void fill(List<Example> batch, Deque<Example> waiting) {
        while (batch.size() < sizes.pairs() && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
    }

    @Override
    public int replayed(int fresh) {
        return sizes.replayed(fresh);
    }
}
