package dev.millrace.trainer.learning;

import dev.millrace.embedding.objective.batch.BatchTexts.Text;
import dev.millrace.embedding.objective.batch.Teacher;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.optim.StepSettings;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.train.StepResult;
import dev.millrace.trainer.learning.batch.Example;
import dev.millrace.trainer.learning.schedule.LearningRate;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.state.GradientNorms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Optimizer steps, one a batch. */
final class TrainingSteps {
    private final LearningConfig config;
    private final Batches batches;
    private final Model model;
    private final GradientNorms norms;
    private final LearningRate learningRate;

    TrainingSteps(LearningConfig config, Batches batches, GradientNorms norms) {
        this.config = config;
        this.batches = batches;
        model = batches.model();
        this.norms = norms;
        learningRate = Methods.learningRate(config);
    }

    /**
     * What the steps came to.
     *
     * @param loss its mean
     * @param gradient the mean norm of the gradients
     * @param taught whether any step had something to learn; so, too, where there was none
     * @param examples in all batches, replayed ones included
     * @param tokens of all texts that were encoded with a gradient
     */
    record Result(double loss, double gradient, boolean taught, long examples, long tokens) {
        /** Of no step. */
        static final Result NONE = new Result(0, 0, true, 0, 0);
    }

    /** A step for each batch, with {@code between} before each, beside a teacher of its texts if there is one. */
    Result over(
            List<List<Example>> composed,
            long seed,
            Optional<Function<List<Text>, Teacher>> teacher,
            Runnable between) {
        List<StepResult> steps = new ArrayList<>();
        long tokens = 0;
        for (List<Example> examples : composed) {
            between.run();
            StepSettings settings = settings(seed);
            TrainingBatch batch = batches.batch(examples, settings.seed(), teacher);
            StepResult step = model.encoder().step(batch, settings);
            norms.add(step.gradientNorm());
            tokens += batch.texts().stream().mapToLong(Tokens::length).sum();
            steps.add(step);
        }
        return new Result(
                steps.stream().mapToDouble(StepResult::loss).average().orElse(0),
                steps.stream().mapToDouble(StepResult::gradientNorm).average().orElse(0),
                steps.isEmpty() || steps.stream().anyMatch(step -> norms.taught(step.gradientNorm())),
                composed.stream().mapToLong(List::size).sum(),
                tokens);
    }

    /** To zero; what decays to the base does not. */
    private double decay() {
        return config.anchor().equals(LearningConfig.L2_SP) ? 0 : config.weightDecay();
    }

    private StepSettings settings(long windowSeed) {
        long taken = model.encoder().steps();
        return new StepSettings(
                learningRate.after(taken), decay(), config.clipNorm(), config.averageDecay(), windowSeed + taken);
    }
}
