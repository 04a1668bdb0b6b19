package dev.millrace.bench.scale.constant;

import dev.millrace.checkpoints.version.Records;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.train.TrainableEncoder;
import dev.millrace.embedding.train.version.Snapshot;
import dev.millrace.embedding.train.version.TrainedWeights;
import dev.millrace.trainer.learning.round.Base;
import dev.millrace.trainer.learning.round.Contribution;
import dev.millrace.trainer.learning.round.Merge;
import dev.millrace.trainer.learning.round.OffsetRange;
import dev.millrace.trainer.learning.round.OuterState;
import dev.millrace.trainer.learning.round.OuterStep;
import dev.millrace.trainer.learning.round.Share;
import dev.millrace.trainer.learning.round.Work;
import dev.millrace.trainer.learning.round.delta.Carried;
import dev.millrace.trainer.learning.round.delta.Delta;
import dev.millrace.trainer.learning.round.delta.DeltaCodec;
import dev.millrace.trainer.learning.round.delta.DeltaCodecs;
import dev.millrace.trainer.learning.round.delta.DeltaFile;
import dev.millrace.trainer.learning.round.delta.Numbers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What it takes on this machine to make shares of a model's weights and to merge them; each once, after once unmeasured.
 * Nanoseconds are those of the processor, which other programs do not change much.
 */
public final class MergeMeasures {
    private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();
    private static final int SHARES = 4;
    private static final double NANOS = 1e9;
    private static final double MILLION = 1e6;
    private static final double DECAY = .999;
    private static final double CHANGE = 1e-4;

    private final TrainedWeights before;
    private final TrainedWeights after;
    private final long weights;
    private final List<Measured> measured = new ArrayList<>();

    private MergeMeasures(TrainedWeights before) {
        this.before = before;
        this.after = moved(before);
        this.weights = before.tensors().entrySet().stream()
                .filter(entry -> !TrainedWeights.isAverage(entry.getKey()))
                .mapToLong(entry -> entry.getValue().values().capacity() / Float.BYTES)
                .sum();
    }

    /** Of this model; files go to the folder. */
    public static List<Measured> of(Path model, EncoderOptions options, List<String> codecs, Path folder)
            throws IOException {
        Files.createDirectories(folder);
        long began = System.nanoTime();
        try (TrainableEncoder encoder = TrainableEncoder.load(model, options)) {
            double load = since(began);
            encoder.snapshot().close();
            long copying = System.nanoTime();
            try (Snapshot snapshot = encoder.snapshot()) {
                TrainedWeights copy = snapshot.weights().copy();
                double copied = since(copying);
                MergeMeasures measures = new MergeMeasures(copy);
                measures.add("weights, millions", measures.weights / MILLION);
                measures.add("load a model to train it, s", load);
                measures.add("copy of its weights, s", copied);
                for (String codec : codecs) {
                    measures.codec(DeltaCodecs.named(codec), folder.resolve("delta-" + codec));
                }
                return measures.measured;
            }
        }
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / NANOS;
    }

    private void add(String what, double value) {
        measured.add(new Measured(what, value));
    }

    private static TrainedWeights moved(TrainedWeights from) {
        Random random = new Random(1);
        Map<String, Safetensors.Tensor> moved = new LinkedHashMap<>();
        from.tensors().forEach((name, tensor) -> {
            float[] numbers = Numbers.of(tensor);
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] += (float) (CHANGE * (2 * random.nextFloat() - 1));
            }
            moved.put(name, Numbers.tensor(tensor.shape(), numbers));
        });
        return new TrainedWeights(moved, from.steps() + 1);
    }

    private void codec(DeltaCodec codec, Path file) {
        told(codec);
        double began = PROCESSOR.getCurrentThreadCpuTime();
        Delta delta = told(codec);
        DeltaFile.write(delta, file);
        add(codec.key() + ": tell and write, ns a weight", (PROCESSOR.getCurrentThreadCpuTime() - began) / weights);
        add(codec.key() + ": bytes a weight", (double) delta.bytes() / weights);
        merged(codec, file, 1);
        double merging = PROCESSOR.getCurrentThreadCpuTime();
        merged(codec, file, SHARES);
        double took = PROCESSOR.getCurrentThreadCpuTime() - merging;
        add(codec.key() + ": read and merge, ns a weight and share", took / weights / SHARES);
    }

    private Delta told(DeltaCodec codec) {
        return Carried.nothing(codec).tell(before, after).delta();
    }

    private void merged(DeltaCodec codec, Path file, int shares) {
        List<Contribution> contributions = IntStream.range(0, shares)
                .mapToObj(i -> new Contribution(share(i), DeltaFile.read(file, codec)))
                .toList();
        new Merge(new OuterStep(1, 0, .5), DECAY).of(new Base("base", before, OuterState.NONE), contributions);
    }

    private static Share share(int trainer) {
        return new Share(
                "trainer-" + trainer,
                "base",
                List.of(new OffsetRange("pairs-" + trainer, 0, 1)),
                new Work(1, 1, new Records(1, 0, 0, 0)));
    }
}
