package dev.millrace.embedding.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.model.family.StaticEmbedding;
import dev.millrace.embedding.model.plan.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The files of a StaticEmbedding: {@code model.safetensors} and {@code tokenizer.json}, read as sentence-transformers reads them.
 *
 * @param place the folder of both
 */
record StaticEmbeddingFiles(Path place) {
    /** sentence-transformers' own name, and model2vec's; the first that is there. */
    private static final List<Part> TABLES = List.of(
            Part.table("embedding", 1, 1), Part.table("embeddings", 1, 1).bare());
    /** What model2vec may keep beside its table, and sentence-transformers does not look at. */
    private static final List<String> BESIDE = List.of("weights", "mapping");

    private static final String TOKENIZER = "tokenizer.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** As many as an event has characters: sentence-transformers knows no limit, and a machine has one. */
    private static final int LONGEST = 1 << 17;

    /** A {@code config.json} of model2vec alone would be another model: model2vec leaves unknown words out, what its modules name does not. */
    static void requireModules(JsonNode config) {
        if (config.path("model_type").asText("").equals("model2vec")) {
            throw new UnsupportedModelException(
                    "modules.json: a model2vec folder is read by it, as sentence-transformers reads it, and it"
                            + " must begin with StaticEmbedding; save_pretrained of model2vec writes it");
        }
    }

    /**
     * The model that they are.
     *
     * @throws UnsupportedModelException with one line that names the file and the tensor or key
     */
    ModelConfig config() {
        WeightFiles.require(place);
        Map<String, Safetensors.Stored> tensors = Safetensors.readStored(place.resolve(WeightFiles.ONE));
        for (String name : BESIDE) {
            if (tensors.containsKey(name)) {
                throw new UnsupportedModelException(WeightFiles.ONE + ": " + name
                        + " is not read, and by it model2vec computes other vectors than sentence-transformers does;"
                        + " supported: one tensor, with a row for each token");
            }
        }
        return StaticEmbedding.of(table(tensors), longest());
    }

    private static Part table(Map<String, Safetensors.Stored> tensors) {
        Part table = TABLES.stream()
                .filter(part -> tensors.containsKey(part.weight().name()))
                .findFirst()
                .orElseThrow(() -> new UnsupportedModelException(
                        WeightFiles.ONE + ": embedding.weight is missing, and so is embeddings"));
        String name = table.weight().name();
        long[] shape = tensors.get(name).shape();
        if (shape.length != 2 || shape[0] < 1 || shape[1] < 1) {
            throw UnsupportedModelException.value(
                    WeightFiles.ONE, name, Arrays.toString(shape), "a row for each token");
        }
        return table.sized(List.of(shape[0], shape[1]));
    }

    /** Of all that a folder says of lengths sentence-transformers follows what is in {@code tokenizer.json} alone. */
    private int longest() {
        Path file = place.resolve(TOKENIZER);
        if (!Files.isRegularFile(file)) {
            throw new UnsupportedModelException(TOKENIZER + " is missing in the model folder " + place);
        }
        try (JsonParser json = JSON.createParser(file.toFile())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                json.nextToken();
                if (key.equals("truncation")) {
                    JsonNode length = json.<JsonNode>readValueAsTree().path("max_length");
                    return Math.min(LONGEST, Math.max(1, length.asInt(LONGEST)));
                }
                json.skipChildren();
            }
            return LONGEST;
        } catch (IOException e) {
            throw new UnsupportedModelException(TOKENIZER + " cannot be read: " + e.getMessage(), e);
        }
    }
}
