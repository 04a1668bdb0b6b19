package dev.millrace.embedding.train;

import ai.djl.pytorch.engine.PtNDManager;
import dev.millrace.embedding.files.ModelWeights;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.optim.Storage;
import dev.millrace.embedding.optim.TrainingState;
import dev.millrace.embedding.optim.WeightUpdate;
import dev.millrace.embedding.optim.compact.BrainFloats;
import dev.millrace.embedding.torch.TorchModule;
import dev.millrace.embedding.train.version.Snapshot;
import dev.millrace.embedding.train.version.StoredWeights;
import dev.millrace.embedding.train.version.VersionWeights;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What of an encoder that learns is to be kept, at the moments when it is asked for. */
final class Versions implements AutoCloseable {
    private final PtNDManager manager;
    private final LearnedPart part;
    private final WeightUpdate update;
    private final Storage storage;
    private final Function<TrainingState.Parts, StoredWeights.Kept> keeping;
    private Optional<VersionWeights> settled = Optional.empty();

    /** {@code keeping} adds to a training state what else is kept now. */
    Versions(
            PtNDManager manager,
            LearnedPart part,
            WeightUpdate update,
            Storage storage,
            Function<TrainingState.Parts, StoredWeights.Kept> keeping) {
        this.manager = manager;
        this.part = part;
        this.update = update;
        this.storage = storage;
        this.keeping = keeping;
    }

    /** All as it is now. */
    Snapshot snapshot() {
        return copied(copies -> {
            try (PtNDManager merging = TorchModule.scope(manager)) {
                Map<String, Safetensors.Tensor> published =
                        ModelWeights.tensors(copies, update.published(merging), part.names());
                TrainingState.Content state = update.state(copies);
                return new Snapshot(stored(copies, Safetensors.stored(published), state.parts()), published, state);
            }
        });
    }

    /** Rounds what learns to what is kept of it, then runs {@code rounded}; neither where all is kept as it is. */
    void settle(Runnable rounded) {
        if (storage == Storage.FULL) {
            return;
        }
        moved();
        settled = Optional.of(copied(copies -> {
            try (PtNDManager merging = TorchModule.scope(manager)) {
                TrainingState.Parts state = update.settle(copies);
                return stored(copies, BrainFloats.stored(copies, update.published(merging), part.names()), state);
            }
        }));
        rounded.run();
    }

    /** What learns is other than when it was settled. */
    void moved() {
        settled.ifPresent(VersionWeights::close);
        settled = Optional.empty();
    }

    /** What is kept now; settled before, unless it has not moved since it last was. */
    VersionWeights version(Runnable rounded) {
        if (storage == Storage.FULL) {
            return snapshot();
        }
        if (settled.isEmpty()) {
            settle(rounded);
        }
        VersionWeights version = settled.orElseThrow();
        settled = Optional.empty();
        return version;
    }

    private StoredWeights stored(
            PtNDManager copies, Map<String, Safetensors.Stored> published, TrainingState.Parts state) {
        return new StoredWeights(copies, part.files(), published, keeping.apply(state));
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

    @Override
    public void close() {
        moved();
    }
}
