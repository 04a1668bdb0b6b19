package dev.millrace.embedding.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.model.Pooling;
import dev.millrace.embedding.model.Prompts;
import dev.millrace.embedding.model.UnsupportedModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * A model in the folder layout that Hugging Face transformers and sentence-transformers write: {@code config.json},
 * {@code model.safetensors}, {@code tokenizer.json}, {@code modules.json}, {@code 1_Pooling/config.json}.
 *
 * @param folder where it lies
 * @param config the architecture
 * @param pooling how tokens become one vector
 * @param lower the layer whose output is averaged with the top one's, token by token, before they are pooled: 0 the embeddings, 1 the
 *     first, always below the top one (1 is avg_first_last of Gao et al. 2021, SimCSE; the one right below the top its avg_top2); empty
 *     where the top one's counts alone
 * @param dense what becomes of the pooled vector, one after the other
 * @param maxTokens longest text in tokens, special ones included; longer texts are cut
 * @param prompts what it wants to read before texts
 */
public record ModelFolder(
        Path folder,
        ModelConfig config,
        Pooling pooling,
        OptionalInt lower,
        List<DenseLayer> dense,
        int maxTokens,
        Prompts prompts) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads and checks everything but the weights.
     *
     * @throws UnsupportedModelException with one line that names the file and key
     */
    public static ModelFolder read(Path folder) {
        ModelConfig config = config(folder);
        SentenceTransformersSettings settings =
                SentenceTransformersSettings.read(folder, config.layers(), config.hidden());
        if (!config.isStatic()) {
            WeightFiles.require(folder);
            require(folder, "tokenizer.json");
        }
        int maxTokens = Math.min(settings.maxTokens().orElse(config.maxTokens()), config.maxTokens());
        return new ModelFolder(
                folder, config, settings.pooling(), settings.lower(), settings.dense(), maxTokens, settings.prompts());
    }

    /** The architecture alone. */
    static ModelConfig config(Path folder) {
        SentenceTransformersModules modules = SentenceTransformersModules.read(folder);
        if (modules.isStatic()) {
            return new StaticEmbeddingFiles(modules.encoder()).config();
        }
        require(folder, "config.json");
        JsonNode json = json(folder, "config.json");
        StaticEmbeddingFiles.requireModules(json);
        return ModelConfig.of(json);
    }

    /** Where {@code model.safetensors} and {@code tokenizer.json} lie: the folder itself, or that of a StaticEmbedding in it. */
    static Path encoder(Path folder) {
        return SentenceTransformersModules.read(folder).encoder();
    }

    private static void require(Path folder, String file) {
        if (!Files.isDirectory(folder)) {
            throw new UnsupportedModelException("there is no model folder " + folder);
        }
        if (!Files.isRegularFile(folder.resolve(file))) {
            throw new UnsupportedModelException(file + " is missing in the model folder " + folder);
        }
    }

    public ModelFolder withDropout(double dropout) {
        return new ModelFolder(folder, config.withDropout(dropout), pooling, lower, dense, maxTokens, prompts);
    }

    /** The same where queries and documents are texts like all others. */
    public ModelFolder withoutRoles() {
        return new ModelFolder(folder, config, pooling, lower, dense, maxTokens, prompts.alike());
    }

    /** Numbers in a text's vector. */
    public int dimensions() {
        return dense.isEmpty() ? config.hidden() : dense.get(dense.size() - 1).out();
    }

    /** A file's content, missing where there is no such file. */
    static JsonNode json(Path folder, String file) {
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
