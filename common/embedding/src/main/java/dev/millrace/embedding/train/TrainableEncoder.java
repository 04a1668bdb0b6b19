package dev.millrace.embedding.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.network.DropoutBytes;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.objective.batch.KeyQueue;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.objective.loss.Losses;
import dev.millrace.embedding.optim.NonFiniteStepException;
import dev.millrace.embedding.optim.StepSettings;
import dev.millrace.embedding.optim.Storage;
import dev.millrace.embedding.optim.TrainingState;
import dev.millrace.embedding.optim.WeightUpdate;
import dev.millrace.embedding.optim.compact.BrainFloats;
import dev.millrace.embedding.optim.rule.Gradients;
import dev.millrace.embedding.optim.rule.LearnedWeights;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.torch.TokenBudget;
import dev.millrace.embedding.torch.TorchModule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An encoder whose weights learn: fp32 masters, an optimizer's moments and the exponential average that is published
 * (Polyak and Juditsky 1992; the average serves, the masters train on). For one thread at a time; native memory is freed by
 * {@link #close()}.
 */
public final class TrainableEncoder implements AutoCloseable {
    private final PtNDManager manager;
    private final EncoderOptions options;
    private final TrainingOptions training;
    private final ModelFolder model;
    private final Weights weights;
    private final Replicas replicas;
    private final Optional<MomentumEncoder> momentum;
    private final TokenBudget budget;
    private final List<TokenPass> auxiliary;
    private final LongestText longest;
    private final WeightUpdate update;
    private Optional<VersionWeights> settled = Optional.empty();

    private TrainableEncoder(PtNDManager manager, ModelFolder model, EncoderOptions options, TrainingOptions training) {
        this.manager = manager;
        this.model = model;
        this.options = options;
        this.training = training;
        Map<String, Safetensors.Tensor> tensors =
                ModelWeights.unprefixed(ModelWeights.read(model.folder()), model.config());
        Path going = model.folder().resolve("training-state");
        TrainingState state = new TrainingState(going);
        weights = Weights.of(
                manager,
                ModelWeights.load(manager, tensors, model.config()),
                training.objective().parameters(model),
                state.exists() ? state.exact() : Map.of());
        // What is frozen stays as it was published: only so does the served average go with it.
        update = new WeightUpdate(manager, learned(), training.optimization(), training.storage());
        if (state.exists()) {
            update.restore(state);
        }
        budget = new TokenBudget(Math.min(options.tokenBudget(), DropoutBytes.mostTokens(model.config())));
        auxiliary = TokenPass.of(training.objective(), model);
        longest = LongestText.here(model.config(), options, training);
        replicas = new Replicas(manager, model, weights, options);
        momentum = training.objective().needsMomentum() ? Optional.of(momentum(going)) : Optional.empty();
    }

    private MomentumEncoder momentum(Path trainingState) {
        Weights average = new Weights(average(), List.of());
        return new MomentumEncoder(
                new Replicas(manager, model.withDropout(0), average, options),
                training,
                new QueueFile(trainingState).read(model.dimensions()));
    }

    /** The averaged weights, in the script's order, as they go on changing. */
    private NDList average() {
        NDList average = new NDList(weights.encoder().subNDList(0, frozen()));
        average.addAll(update.average());
        return average;
    }

    private LearnedWeights learned() {
        List<String> names = new ArrayList<>(learningNames());
        weights.own().forEach(parameter -> names.add(parameter.name()));
        NDList arrays = weights.arrays().subNDList(frozen());
        return new LearnedWeights(names, arrays, learningNames().size(), frozen() == 0);
    }

    private int frozen() {
        return model.config().frozen(training.frozenDepth());
    }

    private List<String> learningNames() {
        List<String> names = model.config().parameters();
        return names.subList(frozen(), names.size());
    }

    /** Loads a model folder to train all of it on, with its own dropout; see {@link #load(Path, EncoderOptions, TrainingOptions)}. */
    public static TrainableEncoder load(Path folder, EncoderOptions options) {
        return load(folder, options, TrainingOptions.DEFAULT);
    }

    /**
     * Loads a model folder to train on: from its {@code training-state/} where there is one, else from the published
     * weights with fresh moments.
     *
     * @throws UnsupportedModelException naming the file, tensor or key that is wrong
     * @throws IllegalArgumentException when the model has fewer layers than are to be frozen, or the precision is for encoding alone
     */
    public static TrainableEncoder load(Path folder, EncoderOptions options, TrainingOptions training) {
        if (options.precision() == Precision.INT8) {
            throw new IllegalArgumentException("precision int8 is for encoding; training takes fp32 or bf16");
        }
        ModelFolder model = training.applyTo(ModelFolder.read(folder));
        PtNDManager manager = TorchModule.manager(options.firstDevice(), options.threads());
        try {
            return new TrainableEncoder(manager, model, options, training);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** Why no step can have this text, if so: longer than the model, this machine's memory and checkpointing allow. */
    public Optional<String> refusal(Tokens text) {
        return longest.refusal(text);
    }

    /** Numbers in a text's vector. */
    public int dimensions() {
        return model.dimensions();
    }

    /** Numbers in each token's state. */
    public int width() {
        return model.config().hidden();
    }

    /** Optimizer steps in the lineage of these weights. */
    public long steps() {
        return update.steps();
    }

    /**
     * One optimizer step of the objective over the batch, whatever its size, in the memory of one micro-batch a device. Where a device has not
     * even that, micro-batches become smaller, here and in later steps.
     *
     * @throws NonFiniteStepException when loss or gradient is not finite; the weights are then unchanged
     * @throws dev.millrace.embedding.text.UnencodableTextException naming a text that alone is more than there is memory for; the weights
     *     are then unchanged
     */
    public StepResult step(TrainingBatch batch, StepSettings settings) {
        unsettle();
        try (PtNDManager scope = TorchModule.scope(manager)) {
            Differentiated found = differentiate(scope, batch, settings.seed());
            double norm = update.apply(scope, found.gradients(), settings);
            weights.bound();
            replicas.follow();
            momentum.ifPresent(encoder -> encoder.follow(found.batch()));
            return new StepResult(found.loss(), norm);
        }
    }

    private record Differentiated(TrainingBatch batch, double loss, Gradients gradients) {}

    private Differentiated differentiate(PtNDManager scope, TrainingBatch batch, long seed) {
        longest.require(batch.texts());
        VocabularyRows rows = auxiliary.isEmpty()
                ? VocabularyRows.of(batch.texts())
                : VocabularyRows.all(model.config().vocabulary());
        TrainingBatch renumbered = rows.renumber(batch);
        Losses losses = new Losses(training.objective());
        Optional<NDArray> ids = frozen() == 0 ? Optional.of(scope.create(rows.asLongs())) : Optional.empty();
        return budget.fit(tokens -> {
            TrainingBatch seen = momentum.map(encoder -> renumbered.with(encoder.see(renumbered, rows, tokens)))
                    .orElse(renumbered);
            try (DeviceShares shares = replicas.shares(rows, training)) {
                double loss = new GradientCache(shares, losses).backward(seen, seed, tokens);
                for (TokenPass pass : auxiliary) {
                    loss += pass.backward(shares, seen.texts(), seed, tokens);
                }
                return new Differentiated(seen, loss, new Gradients(shares.gradients(scope), ids));
            }
        });
    }

    /**
     * Holds every weight to where it is now, as much as these batches rest on it; see {@link Protection}. A batch costs what a
     * step costs.
     *
     * @param batches of what is to be kept
     * @param strength for a weight of mean importance, above 0: a step with learning rate r takes it r times this share of the
     *     way back, others in proportion, and none beyond
     * @param seed of the batches' dropout
     * @param between called before each batch; may throw to give up
     * @throws NonFiniteStepException when loss or gradient is not finite
     */
    public Protection protect(List<TrainingBatch> batches, double strength, long seed, Runnable between) {
        return Protection.of(update, strength, importance -> {
            for (int i = 0; i < batches.size(); i++) {
                between.run();
                try (PtNDManager scope = TorchModule.scope(manager)) {
                    Differentiated found = differentiate(scope, batches.get(i), seed + i);
                    importance.add(scope, found.gradients());
                }
            }
        });
    }

    /**
     * Goes on from these weights, whoever trained them, with the moments and the queue that there are.
     *
     * @throws IllegalArgumentException naming a weight that is missing or of another shape; nothing is changed then
     */
    public void goOnFrom(TrainedWeights from) {
        unsettle();
        update.goOnFrom(from.trained(), from.averaged(), from.steps());
        weights.bound();
        replicas.follow();
        momentum.ifPresent(MomentumEncoder::follow);
    }

    /** An encoder with the weights that are published as they are now; to be closed by the caller. */
    public Encoder averaged() {
        try (PtNDManager merging = TorchModule.scope(manager)) {
            NDList published = new NDList(weights.encoder().subNDList(0, frozen()));
            published.addAll(update.published(merging));
            return new Encoder(TorchModule.scope(manager), model, published, options);
        }
    }

    /** Weights and training state as they are now; to be closed by the caller, whether or not this encoder is closed before. */
    public Snapshot snapshot() {
        return copied(copies -> {
            try (PtNDManager merging = TorchModule.scope(manager)) {
                Map<String, Safetensors.Tensor> published =
                        ModelWeights.tensors(copies, update.published(merging), learningNames());
                TrainingState.Content state = update.state(copies);
                return new Snapshot(stored(copies, Safetensors.stored(published), state.parts()), published, state);
            }
        });
    }

    /**
     * Rounds weights and training state to what {@link #version()} will have of them, and goes on from there. Does nothing where all is
     * kept as it is. To be called after the last step of what becomes a version, before anybody looks at what it came to.
     */
    public void settle() {
        if (training.storage() == Storage.FULL) {
            return;
        }
        unsettle();
        settled = Optional.of(copied(copies -> {
            try (PtNDManager merging = TorchModule.scope(manager)) {
                TrainingState.Parts state = update.settle(copies);
                return stored(copies, BrainFloats.stored(copies, update.published(merging), learningNames()), state);
            }
        }));
        replicas.follow();
        momentum.ifPresent(MomentumEncoder::follow);
    }

    private void unsettle() {
        settled.ifPresent(VersionWeights::close);
        settled = Optional.empty();
    }

    /**
     * What is to be kept of this encoder as it was {@linkplain #settle() settled}, which it is if it has moved since; to be closed by the
     * caller, whether or not this encoder is closed before.
     */
    public VersionWeights version() {
        if (training.storage() == Storage.FULL) {
            return snapshot();
        }
        if (settled.isEmpty()) {
            settle();
        }
        VersionWeights version = settled.orElseThrow();
        settled = Optional.empty();
        return version;
    }

    private StoredWeights stored(
            PtNDManager copies, Map<String, Safetensors.Stored> published, TrainingState.Parts state) {
        KeyQueue queue = momentum.map(MomentumEncoder::queue).orElse(KeyQueue.EMPTY);
        return new StoredWeights(
                copies, model.folder(), published, new StoredWeights.Kept(state, options.route(), queue));
    }

    /** What is made in memory of its own, which goes if it fails. */
    private static <T> T copied(Function<PtNDManager, T> making) {
        PtNDManager copies = TorchModule.manager("cpu", 0);
        try {
            return making.apply(copies);
        } catch (RuntimeException e) {
            copies.close();
            throw e;
        }
    }

    /** Writes the model folder of a new version at once; see {@link VersionWeights#write}. */
    public void save(Path target) {
        try (VersionWeights now = version()) {
            now.write(target);
        }
    }

    @Override
    public void close() {
        unsettle();
        update.close();
        momentum.ifPresent(MomentumEncoder::close);
        replicas.close();
        manager.close();
    }
}
