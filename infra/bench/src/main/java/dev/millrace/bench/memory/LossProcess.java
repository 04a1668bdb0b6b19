package dev.millrace.bench.memory;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.bench.command.Results;
import dev.millrace.embedding.objective.batch.Row;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.objective.inbatch.InfoNce;
import dev.millrace.embedding.objective.loss.Losses;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.torch.TorchModule;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** InfoNCE and its gradient over drawn vectors, in a JVM of its own, so that another size's peak is not in it. */
final class LossProcess {
    private static final int WARM_UP_PAIRS = 256;
    private static final double TEMPERATURE = .05;
    private static final double NANOS = 1e9;

    private LossProcess() {}

    /** Writes {@link LossFigures}. */
    public static void main(String[] arguments) {
        LossSettings settings = Results.read(arguments[0], LossSettings.class);
        try (PtNDManager manager = TorchModule.manager("cpu", settings.threads())) {
            Results.write(settings.json(), measure(manager, settings));
        }
    }

    private static LossFigures measure(PtNDManager manager, LossSettings settings) {
        Losses losses = new Losses(new InfoNce(TEMPERATURE));
        PtNDArray few = vectors(manager, WARM_UP_PAIRS, settings.dimensions());
        losses.backward(manager, batch(WARM_UP_PAIRS), few, Map.of());
        PtNDArray vectors = vectors(manager, settings.pairs(), settings.dimensions());
        TrainingBatch batch = batch(settings.pairs());
        double before = ProcessMemory.now().resident();
        ProcessMemory.resetPeak();
        long start = System.nanoTime();
        losses.backward(manager, batch, vectors, Map.of());
        double seconds = (System.nanoTime() - start) / NANOS;
        return LossFigures.of(settings, seconds, before, ProcessMemory.now().peak());
    }

    /** Every positive is a candidate of every anchor. */
    private static TrainingBatch batch(int pairs) {
        BitSet positives = new BitSet();
        positives.set(pairs, 2 * pairs);
        List<Tokens> texts = Collections.nCopies(2 * pairs, new Tokens(new int[] {1}, false));
        return TrainingBatch.ofRows(
                texts,
                IntStream.range(0, pairs)
                        .mapToObj(i -> new Row(i, pairs + i, positives, 1))
                        .toList());
    }

    private static PtNDArray vectors(PtNDManager manager, int pairs, int dimensions) {
        SplittableRandom random = new SplittableRandom(1);
        float[] numbers = new float[2 * pairs * dimensions];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        try (NDArray drawn = manager.create(numbers, new Shape(2L * pairs, dimensions))) {
            PtNDArray unit = (PtNDArray) drawn.div(drawn.norm(new int[] {1}, true));
            unit.setRequiresGradient(true);
            return unit;
        }
    }
}
