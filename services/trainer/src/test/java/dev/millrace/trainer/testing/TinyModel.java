package dev.millrace.trainer.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A random BERT of 2 layers and 32 dimensions whose words are those of {@link Pairs}. */
public final class TinyModel {
    /** A word whose vector is no number, so that training on it diverges. */
    public static final String POISON = "poison";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HIDDEN = 32;
    private static final int INNER = 64;
    private static final int POSITIONS = 16;
    private static final int LAYERS = 2;
    private static final double SPREAD = 0.15;

    private final Path folder;
    private final Random random = new Random(5);
    private final Map<String, int[]> shapes = new LinkedHashMap<>();

    private TinyModel(Path folder) {
        this.folder = folder;
    }

    /** Writes the model into a new folder. */
    public static Path write(Path folder) {
        return write(folder, 0.1);
    }

    /** The same with another share of hidden values dropped in training. */
    public static Path write(Path folder, double dropout) {
        try {
            Files.createDirectories(folder);
            new TinyModel(folder).files(dropout);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void files(double dropout) throws IOException {
        List<String> words = words();
        Files.writeString(folder.resolve("config.json"), """
                {"model_type": "bert", "hidden_act": "gelu", "num_hidden_layers": %d, "num_attention_heads": 2,
                 "hidden_size": %d, "intermediate_size": %d, "vocab_size": %d, "max_position_embeddings": %d,
                 "type_vocab_size": 2, "hidden_dropout_prob": %s, "attention_probs_dropout_prob": %s}
                """.formatted(
                        LAYERS, HIDDEN, INNER, words.size(), POSITIONS, dropout, dropout));
        tokenizer(words);
        weights(words.size());
    }

    private static List<String> words() {
        List<String> words = new ArrayList<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", POISON));
        for (int i = 0; i < 64; i++) {
            words.addAll(List.of("q" + i, "d" + i, "n" + i));
        }
        return words;
    }

    private void tokenizer(List<String> words) throws IOException {
        ObjectNode tokenizer = (ObjectNode) JSON.readTree("""
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
                 "pre_tokenizer": {"type": "WhitespaceSplit"},
                 "post_processor": {"type": "TemplateProcessing",
                   "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                              {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
                   "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
                   "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]},
                                      "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}},
                 "decoder": null, "model": {"type": "WordLevel", "unk_token": "[UNK]"}}
                """);
        ObjectNode vocabulary = ((ObjectNode) tokenizer.get("model")).putObject("vocab");
        for (int i = 0; i < words.size(); i++) {
            vocabulary.put(words.get(i), i);
        }
        JSON.writeValue(folder.resolve("tokenizer.json").toFile(), tokenizer);
    }

    private void weights(int words) throws IOException {
        shapes.put("embeddings.word_embeddings.weight", new int[] {words, HIDDEN});
        shapes.put("embeddings.position_embeddings.weight", new int[] {POSITIONS, HIDDEN});
        shapes.put("embeddings.token_type_embeddings.weight", new int[] {2, HIDDEN});
        norm("embeddings.LayerNorm");
        for (int layer = 0; layer < LAYERS; layer++) {
            String name = "encoder.layer." + layer + ".";
            for (String part : List.of("self.query", "self.key", "self.value", "output.dense")) {
                dense(name + "attention." + part, HIDDEN, HIDDEN);
            }
            norm(name + "attention.output.LayerNorm");
            dense(name + "intermediate.dense", INNER, HIDDEN);
            dense(name + "output.dense", HIDDEN, INNER);
            norm(name + "output.LayerNorm");
        }
        Files.write(folder.resolve("model.safetensors"), safetensors());
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
        header.putObject("__metadata__").put("format", "pt");
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        for (Map.Entry<String, int[]> entry : shapes.entrySet()) {
            ObjectNode tensor = header.putObject(entry.getKey()).put("dtype", "F32");
            tensor.set("shape", JSON.valueToTree(entry.getValue()));
            int begin = values.size();
            values.writeBytes(values(entry.getKey(), entry.getValue()));
            tensor.putArray("data_offsets").add(begin).add(values.size());
        }
        // As a trainer writes it, so that weights that did not change are a file that did not change.
        String text = JSON.writeValueAsString(header);
        byte[] json = (text + " ".repeat((8 - text.length() % 8) % 8)).getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + values.size()).order(ByteOrder.LITTLE_ENDIAN);
        return file.putLong(json.length).put(json).put(values.toByteArray()).array();
    }

    private byte[] values(String name, int[] shape) {
        int count = shape.length == 2 ? shape[0] * shape[1] : shape[0];
        ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            boolean scale = name.endsWith("LayerNorm.weight");
            boolean matrix = shape.length == 2;
            bytes.putFloat(scale ? 1 : matrix ? (float) (SPREAD * random.nextGaussian()) : 0);
        }
        if (name.equals("embeddings.word_embeddings.weight")) {
            bytes.putFloat(4 * HIDDEN * words().indexOf(POISON), Float.NaN);
        }
        return bytes.array();
    }
}
