package dev.millrace.trainer.lineage;

import dev.millrace.embedding.files.ModelFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Local disk space for versions on their way to and from the bucket; empty at every start. */
public final class WorkFolder {
    private final Path root;

    /** Takes over the part of {@code parent} that is the trainer's own. */
    public WorkFolder(Path parent) {
        root = parent.resolve("versions");
        empty();
    }

    void empty() {
        discard(root);
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path version(String version) {
        Path folder = root.resolve(version);
        discard(folder);
        return folder;
    }

    /** A copy of the model's files without what else may lie in a user's folder, hidden files and training states. */
    Path baseModel(Path model) {
        Path target = version("base");
        ModelFiles.copy(model, target);
        return target;
    }

    void discard(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
