package dev.millrace.embedding.files;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedding.model.Prompts;
import dev.millrace.embedding.model.UnsupportedModelException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Reads {@code config_sentence_transformers.json}, by which sentence-transformers puts prompts before texts. */
final class PromptsFile {
    private static final String FILE = "config_sentence_transformers.json";
    private static final String PROMPTS = "prompts";
    private static final String DEFAULT = "default_prompt_name";

    private PromptsFile() {}

    /**
     * The folder's, or none.
     *
     * @throws UnsupportedModelException naming the key that is wrong
     */
    static Prompts read(Path folder) {
        JsonNode json = ModelFolder.json(folder, FILE);
        Map<String, String> byName = new TreeMap<>();
        for (var entry : json.path(PROMPTS).properties()) {
            if (!entry.getValue().isTextual()) {
                throw UnsupportedModelException.value(
                        FILE, PROMPTS + "." + entry.getKey(), entry.getValue().toString(), "a text");
            }
            byName.put(entry.getKey(), entry.getValue().asText());
        }
        String byDefault = json.path(DEFAULT).asText("");
        if (!byDefault.isEmpty() && !byName.containsKey(byDefault)) {
            throw UnsupportedModelException.value(
                    FILE, DEFAULT, byDefault, "null, or one of prompts " + byName.keySet());
        }
        return new Prompts(byName, byDefault);
    }
}
