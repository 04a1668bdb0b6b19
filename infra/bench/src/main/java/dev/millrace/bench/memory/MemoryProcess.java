package dev.millrace.bench.memory;

import dev.millrace.bench.command.Results;
import dev.millrace.bench.speed.LearningSettings;
import dev.millrace.bench.speed.MillraceTrainer;
import dev.millrace.bench.speed.Works;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.optim.StepSettings;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.train.TrainableEncoder;
import java.util.List;
import java.util.Locale;

/** The steps of one batch size, in a JVM of its own, so that another size's peak is not in it. */
final class MemoryProcess {
    private MemoryProcess() {}

    /** Writes {@link MemoryFigures}. */
    public static void main(String[] arguments) {
        MemorySettings settings = Results.read(arguments[0], MemorySettings.class);
        Results.write(settings.json(), measure(settings));
    }

    private static MemoryFigures measure(MemorySettings settings) {
        MemorySettings.Load load = settings.load();
        List<String> texts = Works.generated(2 * load.pairs(), load.tokens(), load.tokens());
        try (TextTokenizer tokenizer = TextTokenizer.load(settings.model());
                TrainableEncoder encoder =
                        TrainableEncoder.load(settings.model(), settings.options(), LearningSettings.TRAINING)) {
            TrainingBatch batch = MillraceTrainer.batch(tokenizer, texts);
            double before = ProcessMemory.now().resident();
            ProcessMemory.resetPeak();
            for (int step = 0; step < load.steps(); step++) {
                encoder.step(batch, new StepSettings(1e-5, 0.01, 1, 0.99, step));
            }
            ProcessMemory after = ProcessMemory.now();
            return new MemoryFigures(
                    load.pairs(),
                    load.tokens(),
                    load.steps(),
                    settings.options().precision().name().toLowerCase(Locale.ROOT),
                    before,
                    after.peak(),
                    after.heap());
        }
    }
}
