package dev.millrace.embedding.train.version;

import dev.millrace.embedding.files.Safetensors.Stored;
import java.nio.file.Path;
import java.util.Map;

/** How a version's model becomes files: all that is in its folder but the training state. Rests on no native memory. */
public interface PublishedModel {
    /**
     * Writes them.
     *
     * @param target a folder without such files, or a new one
     * @param published what learns, by name, as it is to be stored
     * @throws java.io.UncheckedIOException when the disk refuses
     */
    void write(Path target, Map<String, Stored> published);
}
