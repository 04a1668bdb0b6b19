package dev.millrace.devstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.devstack.options.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * A random BERT of one layer, or a few, and 32 dimensions with MiniLM's most frequent words: a version of it is 2 MB and learned
 * in no time.
 */
public final class SmallModel {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The first of the vocabulary: the special tokens, every single character, and the most frequent words. */
    private static final int WORDS = 4096;

    private static final int HIDDEN = 32;
    private static final int INNER = 64;
    private static final int POSITIONS = 64;
    private static final double SPREAD = 0.15;

    private final Random random = new Random(5);
    private final Map<String, int[]> shapes = new LinkedHashMap<>();

    private SmallModel(int layers) {
        shapes.put("embeddings.word_embeddings.weight", new int[] {WORDS, HIDDEN});
        shapes.put("embeddings.position_embeddings.weight", new int[] {POSITIONS, HIDDEN});
        shapes.put("embeddings.token_type_embeddings.weight", new int[] {2, HIDDEN});
        norm("embeddings.LayerNorm");
        for (int layer = 0; layer < layers; layer++) {
            layer("encoder.layer." + layer + ".");
        }
    }

    private void layer(String layer) {
        for (String part : new String[] {"self.query", "self.key", "self.value", "output.dense"}) {
            dense(layer + "attention." + part, HIDDEN, HIDDEN);
        }
        norm(layer + "attention.output.LayerNorm");
        dense(layer + "intermediate.dense", INNER, HIDDEN);
        dense(layer + "output.dense", HIDDEN, INNER);
        norm(layer + "output.LayerNorm");
    }

    /** Its folder among the build's models; always the same bytes. */
    public static Path folder() {
        return folder(1);
    }

    /** As {@link #folder()}, with more layers. */
    public static Path folder(int layers) {
        Path models = Home.find().target().resolve("models");
        return write(models.resolve("small-" + layers), BaseModel.miniLm(models), layers);
    }

    private static Path write(Path folder, Path wordsOf, int layers) {
        try {
            Files.createDirectories(folder);
            JsonNode tokenizer = JSON.readTree(wordsOf.resolve("tokenizer.json").toFile());
            ((ObjectNode) tokenizer.at("/model/vocab"))
                    .properties()
                    .removeIf(word -> word.getValue().asInt() >= WORDS);
            JSON.writeValue(folder.resolve("tokenizer.json").toFile(), tokenizer);
            Files.writeString(folder.resolve("config.json"), config(layers));
            Files.write(folder.resolve("model.safetensors"), new SmallModel(layers).safetensors());
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the small model into " + folder, e);
        }
    }

    private static String config(int layers) {
        return """
                {"model_type": "bert", "hidden_act": "gelu", "num_hidden_layers": %d, "num_attention_heads": 2,
                 "hidden_size": %d, "intermediate_size": %d, "vocab_size": %d, "max_position_embeddings": %d,
                 "type_vocab_size": 2, "hidden_dropout_prob": 0.1, "attention_probs_dropout_prob": 0.1}
                """.formatted(layers, HIDDEN, INNER, WORDS, POSITIONS);
    }

    private void dense(String name, int out, int in) {
        shapes.put(name + ".weight", new int[] {out, in});
        shapes.put(name + ".bias", new int[] {out});
    }

    private void norm(String name) {
        shapes.put(name + ".weight", new int[] {HIDDEN});
        shapes.put(name + ".bias", new int[] {HIDDEN});
    }

    private byte[] safetensors() throws IOException {
        ObjectNode header = JSON.createObjectNode();
        int end = 0;
        for (Map.Entry<String, int[]> entry : shapes.entrySet()) {
            ObjectNode tensor = header.putObject(entry.getKey()).put("dtype", "F32");
            tensor.set("shape", JSON.valueToTree(entry.getValue()));
            int begin = end;
            end += Float.BYTES * count(entry.getValue());
            tensor.putArray("data_offsets").add(begin).add(end);
        }
        String text = JSON.writeValueAsString(header);
        byte[] json = (text + " ".repeat((8 - text.length() % 8) % 8)).getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(Long.BYTES + json.length + end).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);
        shapes.forEach((name, shape) -> values(name, shape, file));
        return file.array();
    }

    private void values(String name, int[] shape, ByteBuffer file) {
        boolean matrix = shape.length == 2;
        float constant = name.endsWith("LayerNorm.weight") ? 1 : 0;
        for (int i = 0; i < count(shape); i++) {
            file.putFloat(matrix ? (float) (SPREAD * random.nextGaussian()) : constant);
        }
    }

    private static int count(int[] shape) {
        return shape.length == 2 ? shape[0] * shape[1] : shape[0];
    }
}
