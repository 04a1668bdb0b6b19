package dev.millrace.bench.speed;

import dev.millrace.bench.command.Work;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.objective.batch.Row;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.optim.StepSettings;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.train.TrainableEncoder;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Our training step: InfoNCE with in-batch negatives, temperature .05, AdamW, clipping and the average of weights. */
public final class MillraceTrainer implements Ours {
    private final EncoderOptions options;
    private final TextTokenizer tokenizer;
    private final TrainableEncoder encoder;

    MillraceTrainer(Path model, EncoderOptions options) {
        this.options = options;
        this.tokenizer = TextTokenizer.load(model);
        this.encoder = TrainableEncoder.load(model, options, LearningSettings.TRAINING);
    }

    @Override
    public EncoderOptions options() {
        return options;
    }

    @Override
    public double measure(Work work) {
        TrainingBatch batch = batch(tokenizer, work.texts());
        StepSettings settings = new StepSettings(2e-5, 0.01, 1, 0.99, encoder.steps());
        long start = System.nanoTime();
        encoder.step(batch, settings);
        return (System.nanoTime() - start) / 1e6;
    }

    /** Anchors first, then as many positives; every positive is a candidate of every anchor. */
    public static TrainingBatch batch(TextTokenizer tokenizer, List<String> texts) {
        int pairs = texts.size() / 2;
        BitSet positives = new BitSet();
        positives.set(pairs, 2 * pairs);
        return TrainingBatch.ofRows(
                tokenizer.tokenize(texts),
                IntStream.range(0, pairs)
                        .mapToObj(i -> new Row(i, pairs + i, positives, 1))
                        .toList());
    }

    @Override
    public void close() {
        encoder.close();
        tokenizer.close();
    }
}
