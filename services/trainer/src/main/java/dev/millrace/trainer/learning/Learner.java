package dev.millrace.trainer.learning;

import dev.millrace.checkpoints.version.Decision;
import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.objective.BatchTexts;
import dev.millrace.embedding.objective.ContrastiveBatch;
import dev.millrace.embedding.objective.Objective;
import dev.millrace.embedding.optim.StepSettings;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.train.Snapshot;
import dev.millrace.embedding.train.StepResult;
import dev.millrace.embedding.train.TrainableEncoder;
import dev.millrace.embedding.train.TrainingOptions;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.batch.BatchComposer;
import dev.millrace.trainer.learning.batch.Example;
import dev.millrace.trainer.learning.batch.ShuffledBatches;
import dev.millrace.trainer.learning.evaluate.Evaluation;
import dev.millrace.trainer.learning.evaluate.GoldenTexts;
import dev.millrace.trainer.learning.gate.Examiner;
import dev.millrace.trainer.learning.gate.Gate;
import dev.millrace.trainer.learning.gate.Gate.Evidence;
import dev.millrace.trainer.learning.mine.MiningPool;
import dev.millrace.trainer.learning.schedule.LearningRate;
import dev.millrace.trainer.learning.settings.GateConfig;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.state.DivergedException;
import dev.millrace.trainer.learning.state.LearningState;
import dev.millrace.trainer.learning.vectors.Vectors;
import dev.millrace.trainer.learning.window.Admission;
import dev.millrace.trainer.learning.window.WindowAbandonedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Turns windows of pairs into a better encoder. Read {@link #learn} from top to bottom: it is the algorithm. Knows neither
 * Kafka nor the bucket; the same folder and the same windows give the same bytes.
 */
public final class Learner implements AutoCloseable {
    private static final String STATE = "training-state";
    private static final long WINDOW_SEED_STRIDE = 1_000_003;

    private final LearningConfig config;
    private final TextTokenizer tokenizer;
    private final TrainableEncoder encoder;
    private final LearningState state;
    private final Gate gate;
    private final Examiner examiner;
    private final LearningRate learningRate;
    private GoldenTexts latest = GoldenTexts.NONE;

    /**
     * Takes up a lineage where the folder's version left it.
     *
     * @param version folder of a version, or of a base model
     * @param nanoTime by which encoding is timed, as {@link System#nanoTime}
     */
    public Learner(
            Path version, EncoderOptions options, LearningConfig config, GateConfig gate, LongSupplier nanoTime) {
        this.config = config;
        this.gate = new Gate(gate);
        learningRate = Methods.learningRate(config);
        state = LearningState.load(version.resolve(STATE), config);
        tokenizer = TextTokenizer.load(version);
        encoder = TrainableEncoder.load(version, options, training(config));
        examiner = new Examiner(tokenizer, state, nanoTime);
    }

    private static TrainingOptions training(LearningConfig config) {
        return new TrainingOptions(
                config.frozenDepth(),
                config.dropout().map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                Methods.optimizer(config),
                config.activationCheckpointing());
    }

    /** Windows in the lineage. */
    public long windows() {
        return state.windows();
    }

    /**
     * Learns one window.
     *
     * @param beforeStep called before every step; may throw {@link WindowAbandonedException} to give the window up
     * @throws dev.millrace.embedding.optim.NonFiniteStepException when a loss or gradient is no finite number; the learner is then to be
     *     closed
     * @throws DivergedException when a gradient explodes or vectors become no numbers; the learner is then to be closed
     */
    public Outcome learn(List<Pair> window, Runnable beforeStep) {
        Admission admission = Admission.of(window, state.seen, state.heldOut);
        long seed = config.seed() + WINDOW_SEED_STRIDE * state.windows();
        List<Example> fresh = admission.fresh().stream().map(Example::of).toList();
        List<Example> replayed = replayed(replayedPairs(fresh.size()), seed);
        List<Example> mined;
        Evidence before;
        try (Encoder current = encoder.averaged()) {
            Vectors vectors = Vectors.by(tokenizer, current);
            chooseGoldenTexts(window, vectors);
            before = examiner.examine(current, vectors);
            mined = mine(fresh, vectors, seed);
        }
        double loss = train(mined, replayed, seed, beforeStep);
        admission.fresh().forEach(state.replay::offer);
        Evidence after;
        try (Encoder learned = encoder.averaged()) {
            after = examiner.examine(learned, Vectors.by(tokenizer, learned));
        }
        latest = after.golden();
        state.windowDone();
        SortedMap<String, Double> figures = figures(before.evaluation(), after.evaluation(), loss);
        Decision decision = gate.judge(before, after, state);
        return new Outcome(fresh.size(), admission.heldOut(), admission.duplicates(), figures, decision);
    }

    private List<Example> mine(List<Example> fresh, Vectors vectors, long seed) {
        MiningPool pool = new MiningPool(fresh, replayed(config.miningPool(), seed + 1), config.miningPool());
        return Methods.miner(config).mine(fresh, pool, vectors);
    }

    private void chooseGoldenTexts(List<Pair> window, Vectors vectors) {
        if (state.golden().texts().isEmpty()) {
            state.golden(GoldenTexts.first(window.stream().map(Pair::anchor).toList(), vectors));
        }
    }

    private SortedMap<String, Double> figures(Evaluation before, Evaluation after, double loss) {
        List<Pair> all = state.heldOut.all();
        List<Pair> fresh = state.heldOut.fresh();
        List<Pair> memory = state.heldOut.memory().pairs();
        SortedMap<String, Double> figures = new TreeMap<>();
        figures.put("loss", loss);
        figures.put("pairs", (double) all.size());
        figures.put("before.hit@1", before.hitAt1(all));
        figures.put("hit@1", after.hitAt1(all));
        figures.put("fresh.pairs", (double) fresh.size());
        figures.put("fresh.hit@1", after.hitAt1(fresh));
        figures.put("memory.pairs", (double) memory.size());
        figures.put("memory.hit@1", after.hitAt1(memory));
        return figures;
    }

    private int replayedPairs(int fresh) {
        return (int) Math.ceil(fresh * config.replayShare() / (1 - config.replayShare())) + 1;
    }

    private List<Example> replayed(int count, long seed) {
        return state.replay.draw(count, new SplittableRandom(seed)).stream()
                .map(Example::of)
                .toList();
    }

    private double train(List<Example> fresh, List<Example> replayed, long seed, Runnable beforeStep) {
        Objective objective = Methods.objective(config);
        List<Double> losses = new ArrayList<>();
        BatchComposer composer = new ShuffledBatches(config.batchPairs(), config.replayShare());
        for (List<Example> examples : composer.compose(fresh, replayed, seed)) {
            beforeStep.run();
            ContrastiveBatch batch = BatchTexts.of(examples).tokenized(tokenizer);
            StepResult result = encoder.step(batch, objective, step(seed));
            state.norms.add(result.gradientNorm(), config.explosionFactor());
            losses.add(result.loss());
        }
        return losses.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    private StepSettings step(long windowSeed) {
        return new StepSettings(
                learningRate.after(encoder.steps()),
                config.weightDecay(),
                config.clipNorm(),
                config.averageDecay(),
                windowSeed + encoder.steps());
    }

    /**
     * Writes what learning remembers into the folder of a new version.
     *
     * @return the weights that belong there, as they are now: learning may go on while they are written; to be closed by the caller
     */
    public Snapshot save(Path folder) {
        state.save(folder.resolve(STATE));
        latest.writeForEncoders(folder);
        return encoder.snapshot();
    }

    @Override
    public void close() {
        encoder.close();
        tokenizer.close();
    }

    /**
     * What learning a window came to.
     *
     * @param trained pairs learned
     * @param heldOut pairs kept for measuring
     * @param duplicates pairs whose id was seen before
     * @param figures measurements by name: held-out figures before and after, mean loss
     * @param decision whether what was learned may be promoted, and why
     */
    public record Outcome(
            long trained, long heldOut, long duplicates, SortedMap<String, Double> figures, Decision decision) {}
}
