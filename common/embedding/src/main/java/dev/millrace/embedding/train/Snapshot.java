package dev.millrace.embedding.train;

import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.ModelFiles;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.network.Route;
import dev.millrace.embedding.objective.batch.KeyQueue;
import dev.millrace.embedding.optim.TrainingState;
import java.nio.file.Path;
import java.util.Map;

/**
 * Weights and training state as they were at one moment, which no later step changes: they can be written while training goes
 * on. Holds a copy of the published weights, of those that learn and of the optimizer's moments in native memory (for AdamW 16
 * bytes a learning weight; where they are held to a base 4 more, and another 4 where it has a share in what is published), which
 * {@link #close()} frees. For one thread at a time.
 */
public final class Snapshot implements AutoCloseable {
    private final PtNDManager copies;
    private final Path source;
    private final Map<String, Safetensors.Tensor> published;
    private final Kept kept;

    /** Takes over {@code copies}, which all tensors lie in; {@code source} is the folder that the other files come from. */
    Snapshot(PtNDManager copies, Path source, Map<String, Safetensors.Tensor> published, Kept kept) {
        this.copies = copies;
        this.source = source;
        this.published = published;
        this.kept = kept;
    }

    /**
     * What training goes on from.
     *
     * @param state weights and moments
     * @param route by which it was trained
     * @param queue of the momentum encoder; empty where there is none
     */
    record Kept(TrainingState.Content state, Route route, KeyQueue queue) {}

    /**
     * Writes the model folder of a new version: published weights as {@code model.safetensors}, the other files as they
     * were, and {@code training-state/} to train on from here with the same bytes. Of frozen weights nothing is kept there.
     *
     * @param target a folder without such files, or a new one
     * @throws java.io.UncheckedIOException when the disk refuses
     */
    public void write(Path target) {
        ModelFiles.copyAllButWeights(source, target);
        ModelFiles.writeWeights(source, target, published);
        Path trainingState = target.resolve("training-state");
        new TrainingState(trainingState).write(kept.state());
        new QueueFile(trainingState).write(kept.queue());
        kept.route().record(trainingState);
    }

    /** What other trainers go on from as well; the numbers lie in this snapshot's memory and go with it. */
    public TrainedWeights weights() {
        TrainingState.Content state = kept.state();
        return TrainedWeights.of(
                state.trained(),
                state.averaged().isEmpty() ? published : state.averaged(),
                state.progress().steps());
    }

    /** By which it was trained; {@link #write} records it. */
    public Route route() {
        return kept.route();
    }

    @Override
    public void close() {
        copies.close();
    }
}
