package dev.millrace.trainer.lineage;

import dev.millrace.embedding.train.Snapshot;
import java.nio.file.Path;

/**
 * A learned version on its way: its folder on local disk with all but the weights, and those still in memory, so that learning
 * need not wait for the disk.
 */
public record Unpublished(Path folder, Snapshot weights) {

    /** Writes the weights, too, and frees them; once. */
    Path written() {
        try (weights) {
            weights.write(folder);
        }
        return folder;
    }
}
