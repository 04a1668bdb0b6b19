package dev.millrace.bench;

import dev.millrace.embedding.ContrastiveBatch;
import dev.millrace.embedding.EncoderOptions;
import dev.millrace.embedding.Objective;
import dev.millrace.embedding.StepSettings;
import dev.millrace.embedding.Tokens;
import dev.millrace.embedding.TrainableEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * One optimizer step, dropout on, of pairs with in-batch negatives.
 *
 * @param pairs anchors in the batch, each with a positive
 * @param shortest length of the shortest text in tokens
 * @param longest length of the longest
 */
record TrainingWork(String name, int pairs, int shortest, int longest) implements Work {
    private static final int WARM_UP = 3;
    private static final Objective INFO_NCE = new Objective("info-nce", """
                logits = torch.mul(torch.matmul(torch.embedding(e, anchor), torch.t(e)), 20.)
                masked = torch.masked_fill(logits, torch.logical_not(candidates), -10000.)
                return torch.cross_entropy_loss(masked, positive)
            """, List.of());

    static List<Work> all() {
        return List.of(
                new TrainingWork("train 64 pairs x 32 tokens", 64, 32, 32),
                new TrainingWork("train 32 pairs x 128 tokens", 32, 128, 128),
                new TrainingWork("train 32 ragged pairs, 8-128 tokens", 32, 8, 128));
    }

    @Override
    public String unit() {
        return "ms/step";
    }

    @Override
    public double[] run(Path model, EncoderOptions options, int runs) {
        ContrastiveBatch batch = batch();
        double[] milliseconds = new double[runs];
        try (TrainableEncoder encoder = TrainableEncoder.load(model, options)) {
            for (int i = -WARM_UP; i < runs; i++) {
                long start = System.nanoTime();
                encoder.step(batch, INFO_NCE, new StepSettings(2e-5, 0.01, 1, 0.99, i));
                if (i >= 0) {
                    milliseconds[i] = (System.nanoTime() - start) / 1e6;
                }
            }
        }
        return milliseconds;
    }

    private ContrastiveBatch batch() {
        SplittableRandom random = new SplittableRandom(3);
        List<Tokens> texts = new ArrayList<>();
        for (int i = 0; i < 2 * pairs; i++) {
            int length = random.nextInt(shortest, longest + 1);
            texts.add(new Tokens(random.ints(length, 1000, 20_000).toArray(), false));
        }
        BitSet positives = new BitSet();
        positives.set(pairs, 2 * pairs);
        return new ContrastiveBatch(
                texts,
                IntStream.range(0, pairs)
                        .mapToObj(i -> new ContrastiveBatch.Anchor(i, pairs + i, positives, 1))
                        .toList());
    }
}
