package dev.millrace.admin.reindex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.admin.output.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * How far an index is written, in a file beside it.
 *
 * @param version that all its vectors are of
 * @param texts of the corpus that are written, from its beginning
 * @param bytes of the index that hold them; what follows was not finished
 */
record Written(String version, VectorForm form, long texts, long bytes) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Path beside(Path index) {
        return index.resolveSibling(index.getFileName() + ".progress");
    }

    static Optional<Written> read(Path index) {
        Path file = beside(index);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode tree = JSON.readTree(file.toFile());
            return Optional.of(new Written(
                    tree.path("version").asText(),
                    VectorForm.valueOf(tree.path("form").asText()),
                    tree.path("texts").asLong(),
                    tree.path("bytes").asLong()));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(file + " does not say how far " + index + " is written: " + e, e);
        }
    }

    /** In place of what it said before. */
    void write(Path index) {
        Path file = beside(index);
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.writeString(
                    next,
                    Json.print(Json.object()
                            .put("version", version)
                            .put("form", form.name())
                            .put("texts", texts)
                            .put("bytes", bytes)));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
