package dev.millrace.embedding.train;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.encode.Encoder;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.objective.batch.KeyQueue;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.optim.NonFiniteStepException;
import dev.millrace.embedding.optim.StepSettings;
import dev.millrace.embedding.optim.TrainingState;
import dev.millrace.embedding.optim.WeightUpdate;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.train.gradient.Replicas;
import dev.millrace.embedding.train.gradient.Weights;
import dev.millrace.embedding.train.version.QueueFile;
import dev.millrace.embedding.train.version.Snapshot;
import dev.millrace.embedding.train.version.StoredWeights;
import dev.millrace.embedding.train.version.TrainedWeights;
import dev.millrace.embedding.train.version.VersionWeights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    private final LearnedPart part;
    private final Weights weights;
    private final Replicas replicas;
    private final Optional<MomentumEncoder> momentum;
    private final BatchGradients gradients;
    private final WeightUpdate update;
    private final Versions versions;

    private TrainableEncoder(PtNDManager manager, ModelFolder model, EncoderOptions options, TrainingOptions training) {
        this.manager = manager;
        this.model = model;
        this.options = options;
        this.training = training;
        Path going = model.folder().resolve("training-state");
        TrainingState state = new TrainingState(going);
        part = training.part(manager, model);
        weights = Weights.of(
                manager,
                part.encoder(manager, part.learned()),
                training.objective().parameters(model),
                state.exists() ? state.exact() : Map.of());
        // What is frozen stays as it was published: only so does the served average go with it.
        update = new WeightUpdate(
                manager, part.weights(weights.parameters()), training.optimization(), training.storage());
        if (state.exists()) {
            update.goOn(state, part.goesOn());
            part.follow(part.learned(), weights.encoder());
        }
        replicas = new Replicas(manager, model, weights, options);
        momentum = training.objective().needsMomentum() ? Optional.of(momentum(going)) : Optional.empty();
        gradients = new BatchGradients(part, replicas, momentum, options, training);
        versions = new Versions(manager, part, update, training.storage(), this::kept);
    }

    private MomentumEncoder momentum(Path trainingState) {
        Weights average = new Weights(part.encoder(manager, update.average()), List.of());
        return new MomentumEncoder(
                new Replicas(manager, model.withDropout(0), average, options),
                () -> part.follow(update.average(), average.encoder()),
                training.objective(),
                new QueueFile(trainingState).read(model.dimensions()));
    }

    private StoredWeights.Kept kept(TrainingState.Parts state) {
        KeyQueue queue = momentum.map(MomentumEncoder::queue).orElse(KeyQueue.EMPTY);
        return new StoredWeights.Kept(state, options.route(), queue);
    }

    /** Once what learns has changed otherwise than by a step. */
    private void follow() {
        part.follow(part.learned(), weights.encoder());
        replicas.follow();
        momentum.ifPresent(MomentumEncoder::follow);
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
        return gradients.refusal(text);
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
        versions.moved();
        try (PtNDManager scope = TorchModule.scope(manager)) {
            BatchGradients.Found found = gradients.of(scope, batch, settings.seed());
            double norm = update.apply(scope, found.gradients(), settings);
            weights.bound();
            part.follow(part.learned(), weights.encoder());
            replicas.follow();
            momentum.ifPresent(encoder -> encoder.follow(found.batch()));
            return new StepResult(found.loss(), norm);
        }
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
                    BatchGradients.Found found = gradients.of(scope, batches.get(i), seed + i);
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
        versions.moved();
        update.goOnFrom(from.trained(), from.averaged(), from.steps());
        weights.bound();
        follow();
    }

    /** An encoder with the weights that are published as they are now; to be closed by the caller. */
    public Encoder averaged() {
        try (PtNDManager merging = TorchModule.scope(manager)) {
            NDList published = part.encoder(merging, update.published(merging));
            return new Encoder(TorchModule.scope(manager), model, published, options);
        }
    }

    /** Weights and training state as they are now; to be closed by the caller, whether or not this encoder is closed before. */
    public Snapshot snapshot() {
        return versions.snapshot();
    }

    /**
     * Rounds weights and training state to what {@link #version()} will have of them, and goes on from there. Does nothing where all is
     * kept as it is. To be called after the last step of what becomes a version, before anybody looks at what it came to.
     */
    public void settle() {
        versions.settle(this::follow);
    }

    /**
     * What is to be kept of this encoder as it was {@linkplain #settle() settled}, which it is if it has moved since; to be closed by the
     * caller, whether or not this encoder is closed before.
     */
    public VersionWeights version() {
        return versions.version(this::follow);
    }

    /** Writes the model folder of a new version at once; see {@link VersionWeights#write}. */
    public void save(Path target) {
        try (VersionWeights now = version()) {
            now.write(target);
        }
    }

    @Override
    public void close() {
        versions.close();
        update.close();
        momentum.ifPresent(MomentumEncoder::close);
        replicas.close();
        part.close();
        manager.close();
    }
}
