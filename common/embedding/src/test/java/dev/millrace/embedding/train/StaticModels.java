package dev.millrace.embedding.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folders of {@code golden/static.py}. */
public final class StaticModels {
    static final JsonNode GOLDEN = FamilyModels.golden("static");
    private static final String WEIGHTS = "model.safetensors";

    private StaticModels() {}

    /** Writes one into a new folder, which has a config.json where model2vec's does. */
    public static Path write(Path folder, String name) {
        JsonNode model = GOLDEN.path("models").path(name);
        FamilyModels.write(folder, model, "");
        try {
            if (!model.path("files").has("config.json")) {
                Files.delete(folder.resolve("config.json"));
            }
            if (!model.path("files").has("tokenizer.json")) {
                Files.delete(folder.resolve("tokenizer.json"));
            }
            if (!model.path("place").asText().isEmpty()) {
                Files.move(
                        folder.resolve(WEIGHTS),
                        folder.resolve(model.path("place").asText()).resolve(WEIGHTS));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }
}
