package dev.millrace.embedding.train.version;

import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.network.Route;
import dev.millrace.embedding.optim.TrainingState;
import java.nio.file.Path;
import java.util.Map;

/**
 * Weights and training state as they were at one moment, which no later step changes: they can be written while training goes
 * on. Holds a copy of the published weights, of those that learn and of the optimizer's moments in native memory (for AdamW 16
 * bytes a learning weight; where they are held to a base 4 more, and another 4 where what is published is not their average),
 * which {@link #close()} frees. For one thread at a time.
 */
public final class Snapshot implements VersionWeights {
    private final StoredWeights stored;
    private final Map<String, Safetensors.Tensor> published;
    private final TrainingState.Content state;

    /** Takes over {@code stored}, which the others are in, too. */
    public Snapshot(StoredWeights stored, Map<String, Safetensors.Tensor> published, TrainingState.Content state) {
        this.stored = stored;
        this.published = published;
        this.state = state;
    }

    @Override
    public void write(Path target) {
        stored.write(target);
    }

    /** What other trainers go on from as well; the numbers lie in this snapshot's memory and go with it. */
    public TrainedWeights weights() {
        return TrainedWeights.of(
                state.trained(),
                state.averaged().isEmpty() ? published : state.averaged(),
                state.progress().steps());
    }

    @Override
    public Route route() {
        return stored.route();
    }

    @Override
    public void close() {
        stored.close();
    }
}
