package dev.millrace.embedding.train.version;

import dev.millrace.embedding.network.Route;
import java.nio.file.Path;

/** What weights and training state a version has, apart from those that go on learning. Native memory is freed by {@link #close()}. */
public interface VersionWeights extends AutoCloseable {
    /**
     * Writes the model folder of a new version: published weights as {@code model.safetensors}, the other files as they
     * were, and {@code training-state/} to train on from here with the same bytes. Of frozen weights nothing is kept there.
     *
     * @param target a folder without such files, or a new one
     * @throws java.io.UncheckedIOException when the disk refuses
     */
    void write(Path target);

    /** By which it was trained; {@link #write} records it. */
    Route route();

    @Override
    void close();
}
