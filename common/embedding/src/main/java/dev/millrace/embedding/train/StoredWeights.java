package dev.millrace.embedding.train;

import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.ModelFiles;
import dev.millrace.embedding.files.Safetensors.Stored;
import dev.millrace.embedding.network.Route;
import dev.millrace.embedding.objective.batch.KeyQueue;
import dev.millrace.embedding.optim.TrainingState;
import java.nio.file.Path;
import java.util.Map;

/** Weights and training state as files are to have them. */
final class StoredWeights implements VersionWeights {
    private final PtNDManager copies;
    private final Path source;
    private final Map<String, Stored> published;
    private final Kept kept;

    /** Takes over {@code copies}, which all tensors lie in; {@code source} is the folder that the other files come from. */
    StoredWeights(PtNDManager copies, Path source, Map<String, Stored> published, Kept kept) {
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
    record Kept(TrainingState.Parts state, Route route, KeyQueue queue) {}

    @Override
    public void write(Path target) {
        ModelFiles.copyAllButWeights(source, target);
        ModelFiles.writeWeights(source, target, published);
        Path trainingState = target.resolve("training-state");
        new TrainingState(trainingState).write(kept.state());
        new QueueFile(trainingState).write(kept.queue());
        kept.route().record(trainingState);
    }

    @Override
    public Route route() {
        return kept.route();
    }

    @Override
    public void close() {
        copies.close();
    }
}
