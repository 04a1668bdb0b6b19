package dev.millrace.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model in the folder layout that Hugging Face transformers and sentence-transformers write: {@code config.json},
 * {@code model.safetensors}, {@code tokenizer.json}, {@code modules.json}, {@code 1_Pooling/config.json}.
 *
 * @param folder where it lies
 * @param config the architecture
 * @param pooling how tokens become one vector
 * @param maxTokens longest text in tokens, special ones included; longer texts are cut
 */
public record ModelFolder(Path folder, ModelConfig config, Pooling pooling, int maxTokens) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads and checks everything but the weights.
     *
     * @throws UnsupportedModelException with one line that names the file and key
     */
    public static ModelFolder read(Path folder) {
        for (String file : new String[] {"config.json", "model.safetensors", "tokenizer.json"}) {
            if (!Files.isRegularFile(folder.resolve(file))) {
                throw new UnsupportedModelException(file + " is missing in the model folder " + folder.getFileName());
            }
        }
        ModelConfig config = ModelConfig.of(json(folder, "config.json"));
        return new ModelFolder(folder, config, pooling(folder), maxTokens(folder, config));
    }

    ModelFolder withDropout(double dropout) {
        return new ModelFolder(folder, config.withDropout(dropout), pooling, maxTokens);
    }

    private static Pooling pooling(Path folder) {
        JsonNode json = json(folder, "1_Pooling/config.json");
        boolean cls = json.path("pooling_mode_cls_token").asBoolean(false)
                || json.path("pooling_mode").asText("").equals("cls");
        boolean mean = json.path("pooling_mode_mean_tokens").asBoolean(false)
                || json.path("pooling_mode").asText("").equals("mean");
        if (json.isMissingNode()) {
            return Pooling.MEAN;
        }
        if (cls == mean) {
            throw new UnsupportedModelException("1_Pooling/config.json: supported is either mean or cls pooling");
        }
        return cls ? Pooling.CLS : Pooling.MEAN;
    }

    private static int maxTokens(Path folder, ModelConfig config) {
        int stated =
                json(folder, "sentence_bert_config.json").path("max_seq_length").asInt(config.maxPositions());
        return Math.min(stated, config.maxPositions());
    }

    private static JsonNode json(Path folder, String file) {
        Path path = folder.resolve(file);
        if (!Files.isRegularFile(path)) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(path.toFile());
        } catch (IOException e) {
            throw new UnsupportedModelException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
