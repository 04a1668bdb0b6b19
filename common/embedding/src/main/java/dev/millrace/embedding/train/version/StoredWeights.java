package dev.millrace.embedding.train.version;

import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.Safetensors.Stored;
import dev.millrace.embedding.network.Route;
import dev.millrace.embedding.objective.batch.KeyQueue;
import dev.millrace.embedding.optim.TrainingState;
import java.nio.file.Path;
import java.util.Map;

/** Weights and training state as files are to have them. */
public final class StoredWeights implements VersionWeights {
    private final PtNDManager copies;
    private final PublishedModel model;
    private final Map<String, Stored> published;
    private final Kept kept;

    /** Takes over {@code copies}, which all tensors lie in. */
    public StoredWeights(PtNDManager copies, PublishedModel model, Map<String, Stored> published, Kept kept) {
        this.copies = copies;
        this.model = model;
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
    public record Kept(TrainingState.Parts state, Route route, KeyQueue queue) {}

    @Override
    public void write(Path target) {
        model.write(target, published);
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
