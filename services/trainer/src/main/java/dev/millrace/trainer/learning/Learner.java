package dev.millrace.trainer.learning;

import dev.millrace.checkpoints.version.Decision;
import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.objective.view.View;
import dev.millrace.embedding.train.TrainingOptions;
import dev.millrace.embedding.train.version.Snapshot;
import dev.millrace.embedding.train.version.TrainedWeights;
import dev.millrace.embedding.train.version.VersionWeights;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.Study.Lesson;
import dev.millrace.trainer.learning.Study.Studied;
import dev.millrace.trainer.learning.batch.Example;
import dev.millrace.trainer.learning.evaluate.GoldenTexts;
import dev.millrace.trainer.learning.gate.Examiner;
import dev.millrace.trainer.learning.gate.Gate;
import dev.millrace.trainer.learning.gate.Gate.Evidence;
import dev.millrace.trainer.learning.gate.VersionFigures;
import dev.millrace.trainer.learning.ledger.Ledger;
import dev.millrace.trainer.learning.round.Base;
import dev.millrace.trainer.learning.round.OuterState;
import dev.millrace.trainer.learning.settings.GateConfig;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.learning.state.DivergedException;
import dev.millrace.trainer.learning.state.DocumentChanges;
import dev.millrace.trainer.learning.state.DocumentPlace;
import dev.millrace.trainer.learning.state.LearningState;
import dev.millrace.trainer.learning.teach.Teaching;
import dev.millrace.trainer.learning.vectors.Vectors;
import dev.millrace.trainer.learning.window.Admission;
import dev.millrace.trainer.learning.window.WindowAbandonedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Turns windows of pairs into a better encoder. Read {@link #learn} from top to bottom: it is the algorithm. Knows
 * neither Kafka nor the bucket; the same folder and the same windows give the same bytes.
 */
public class Learner implements AutoCloseable {
    private static final String STATE = "training-state";

    private final Model model;
    private final LearningState state;
    private final Judging judging;
    private final Teaching teaching;
    private final Study study;
    private final Lessons lessons;
    private final Holding holding;
    private final LearnerFaults faults;
    private OuterState outer;

    /**
     * Takes up a lineage where the folder's version left it.
     *
     * @param version folder of a version, or of a base model
     * @param nanoTime by which encoding is timed, as {@link System#nanoTime}
     * @throws dev.millrace.embedding.model.UnsupportedModelException when the folder cannot be trained on
     */
    public Learner(
            Path version, EncoderOptions options, LearningConfig config, GateConfig gate, LongSupplier nanoTime) {
        Methods.check(config);
        View view = Methods.view(config);
        state = LearningState.load(version.resolve(STATE), config);
        outer = OuterState.read(version.resolve(STATE));
        lessons = new Lessons(config, state);
        model = Model.load(version, options, training(config), config);
        try {
            teaching = Teaching.of(
                    config, Methods.objective(config), options, model.encoder().dimensions());
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
        faults = new LearnerFaults(model, state);
        Batches batches = Batches.of(view, model);
        Examiner examiner = new Examiner(model.tokenizer(), state, nanoTime);
        judging = new Judging(state, new Gate(gate), examiner);
        study = new Study(config, model, new TrainingSteps(config, batches, state.norms), examiner, teaching);
        holding = new Holding(config, batches);
    }

    private static TrainingOptions training(LearningConfig config) {
        return new TrainingOptions(
                config.frozenDepth(),
                config.dropout().map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                Methods.optimization(config),
                config.activationCheckpointing(),
                Methods.objective(config),
                Methods.storage(config),
                AdapterChoice.of(config));
    }

    /** What the lineage keeps of what it learned. */
    public Ledger ledger() {
        return state.groups().ledger(state.windows());
    }

    /** Windows in the lineage. */
    public long windows() {
        return state.windows();
    }

    /** Finds what the model has no vector for. */
    public LearnerFaults faults() {
        return faults;
    }

    /**
     * Learns one window.
     *
     * @param between called before every step and every few seconds of mining and measuring; may throw
     *     {@link WindowAbandonedException} to give the window up
     * @throws dev.millrace.embedding.optim.NonFiniteStepException when a loss or gradient is no finite number; the
     *     learner is then to be closed
     * @throws DivergedException when a gradient explodes or vectors become no numbers; the learner is then to be closed
     */
    public Outcome learn(List<Pair> window, Runnable between) {
        Admission admission = Admission.of(window, state.seen, state.heldOut);
        if (state.golden().texts().isEmpty()) {
            chooseGoldenTexts(window, between);
        }
        Lesson lesson = lessons.of(admission.fresh());
        List<Example> known = lessons.known(holding.pairs(), lesson.seed());
        Study.Taken taken = holding.during(() -> study.take(lesson, between), known, lesson.seed(), between);
        model.encoder().settle();
        return judging.ofFresh(admission, study.look(taken, between));
    }

    /**
     * Takes the steps of one window and takes in nothing: what comes of it is judged with that of other trainers, by {@link #judge}.
     *
     * @param ahead what was taught before and is not taken in yet
     * @param between as of {@link #learn}, which also says what is thrown
     */
    public Taught teach(List<Pair> window, List<Taught> ahead, Runnable between) {
        Set<String> before = ahead.stream()
                .flatMap(taught -> taught.window().stream())
                .map(Pair::id)
                .collect(Collectors.toSet());
        Admission admission = Admission.foreseen(window, state.seen, before, state.heldOut);
        Lesson lesson = lessons.of(admission.fresh(), lessons.seed(ahead.size()));
        List<Example> known = lessons.known(holding.pairs(), lesson.seed());
        return new Taught(
                window, admission, holding.during(() -> study.steps(lesson, between), known, lesson.seed(), between));
    }

    /**
     * Goes on from what several trainers came to together: takes over weights and windows, and compares with the base.
     *
     * @param between as of {@link #learn}
     */
    public Outcome judge(MergedRound round, Runnable between) {
        Admission all = round.windows().stream()
                .map(window -> Admission.of(window, state.seen, state.heldOut))
                .reduce(Admission.NONE, Admission::and);
        goOnFrom(round.base().weights());
        if (state.golden().texts().isEmpty()) {
            chooseGoldenTexts(all.fresh(), between);
        }
        Evidence before = study.look(between);
        goOnFrom(round.merged().weights());
        model.encoder().settle();
        outer = round.merged().outer();
        return judging.ofFresh(all, new Studied(before, round.trained(), study.look(between), Optional.empty()));
    }

    /** What several trainers begin with who learn from here on at the same time. */
    public Base base(String version) {
        try (Snapshot now = snapshot()) {
            return new Base(version, now.weights().copy(), outer);
        }
    }

    /**
     * Learns again what is remembered: one pass over replayed pairs, for times when the stream brings nothing. Offline
     * training is nothing but more passes. Some of the pairs are held back from it, others each time, to tell whether
     * it gained anything.
     *
     * @param between as of {@link #learn}, which also says what is thrown
     */
    public Outcome consolidate(Runnable between) {
        Lesson lesson = lessons.again();
        Study.Taken taken = study.take(lesson, between);
        model.encoder().settle();
        Outcome outcome = judging.of(Admission.NONE, study.look(taken, between));
        outcome.figures().put("consolidated", (double) lesson.fresh().size());
        return outcome;
    }

    /** Up to where the documents were read that are mined from. */
    public DocumentPlace documentsRead() {
        return state.documents().place();
    }

    /** Takes over what became of documents, to mine from when the next window is learned. */
    public void takeDocuments(DocumentChanges changes) {
        state.documents().take(changes);
    }

    /** How many documents there are to mine from. */
    public int documents() {
        return state.documents().size();
    }

    /**
     * Compares later versions with the one that is served.
     *
     * @param refused whether a person serves it though the gate did not trust it
     * @param golden the golden texts as it sees them
     */
    public void compareWith(String served, boolean refused, GoldenTexts golden) {
        state.served(golden);
        if (refused) {
            state.accepted(served);
        }
    }

    /** Learns anew what gradients usually are. */
    public void forgetUsualGradients() {
        state.norms.forget();
    }

    private void chooseGoldenTexts(List<Pair> window, Runnable between) {
        try (Encoder current = model.encoder().averaged()) {
            Vectors vectors = Vectors.by(model.tokenizer(), current, between);
            state.golden(GoldenTexts.first(window.stream().map(Pair::anchor).toList(), vectors));
        }
    }

    /**
     * Writes what learning remembers into the folder of a new version.
     *
     * @return the weights that belong there, as they are now: learning may go on while they are written; to be closed
     *     by the caller
     */
    public VersionWeights save(Path folder) {
        write(folder);
        return model.encoder().version();
    }

    /**
     * Writes what learning remembers where another learner goes on from it, at whatever moment; this one stays as it is.
     *
     * @return the weights, of which nothing is rounded; to be closed by the caller
     */
    public VersionWeights fork(Path folder) {
        write(folder);
        return snapshot();
    }

    private void write(Path folder) {
        state.save(folder.resolve(STATE));
        outer.write(folder.resolve(STATE));
        judging.latest().writeForEncoders(folder);
        ledger().write(folder);
    }

    /** The weights as they are now; to be closed by the caller. */
    public Snapshot snapshot() {
        return model.encoder().snapshot();
    }

    /** Goes on from what several trainers came to together, with all that it remembers itself. */
    public void goOnFrom(TrainedWeights together) {
        model.encoder().goOnFrom(together);
    }

    @Override
    public void close() {
        teaching.close();
        model.close();
    }

    /**
     * A window whose steps are taken, and of which nothing is taken in or judged yet.
     *
     * @param window all of its pairs
     * @param admission what was learned, would be held out, and was seen before
     * @param steps what they came to
     */
    public record Taught(List<Pair> window, Admission admission, TrainingSteps.Result steps) {
        /** As of {@link Outcome}. */
        public boolean taught() {
            return steps.taught();
        }
    }

    /**
     * What learning a window came to.
     *
     * @param admission what was learned, held out and seen before
     * @param taught whether there was something to learn: not where all that an anchor is compared with is its own
     * @param figures measurements by name: held-out figures before and after, mean loss, mean norm of the gradients
     * @param decision whether what was learned may be promoted, and why
     */
    public record Outcome(Admission admission, boolean taught, SortedMap<String, Double> figures, Decision decision) {
        /** Whether it is trusted and better than before on what is held out. */
        public boolean gained() {
            return decision.trusted() && VersionFigures.better(figures);
        }
    }
}
