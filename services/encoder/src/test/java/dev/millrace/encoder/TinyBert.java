package dev.millrace.encoder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

/** A real model, of 1 layer, 16 dimensions and 32 words: what libtorch and the tokenizer refuse, they refuse here. */
final class TinyBert {
    static final String CONFIG = "config.json";
    static final String TOKENIZER = "tokenizer.json";
    static final String WEIGHTS = "model.safetensors";
    static final int DIMENSIONS = 16;

    private static final int WORDS = 32;
    private static final int INNER = 32;
    private static final int POSITIONS = 64;

    private final Random random;
    private final Map<String, int[]> shapes = new LinkedHashMap<>();

    private TinyBert(long seed) {
        this.random = new Random(seed);
    }

    public static Path write(Path folder, long seed) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(CONFIG), config(DIMENSIONS));
        Files.writeString(folder.resolve(TOKENIZER), tokenizer());
        Files.write(folder.resolve(WEIGHTS), new TinyBert(seed).weights());
        return folder;
    }

    static String config(int dimensions) {
        return """
                {"model_type": "bert", "hidden_act": "gelu", "num_hidden_layers": 1, "num_attention_heads": 2,
                 "hidden_size": %d, "intermediate_size": %d, "vocab_size": %d, "max_position_embeddings": %d,
                 "type_vocab_size": 2, "hidden_dropout_prob": 0.1, "attention_probs_dropout_prob": 0.1}
                """.formatted(dimensions, INNER, WORDS, POSITIONS);
    }

    private static String tokenizer() {
        final List<String> vocabulary =
                new ArrayList<>(List.of("\"[PAD]\": 0", "\"[UNK]\": 1", "\"[CLS]\": 2", "\"[SEP]\": 3"));
        for (int word = vocabulary.size(); word < WORDS; word++) {
            vocabulary.add("\"w%d\": %d".formatted(word, word));
        }
        return """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
                 "pre_tokenizer": {"type": "WhitespaceSplit"},
                 "post_processor": {"type": "TemplateProcessing",
                   "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                              {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
                   "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
                   "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]},
                                      "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}},
                 "decoder": null, "model": {"type": "WordLevel", "unk_token": "[UNK]", "vocab": {%s}}}
                """.formatted(String.join(", ", vocabulary));
    }

    private byte[] weights() throws IOException {
        shapes.put("embeddings.word_embeddings.weight", new int[] {WORDS, DIMENSIONS});
        shapes.put("embeddings.position_embeddings.weight", new int[] {POSITIONS, DIMENSIONS});
        shapes.put("embeddings.token_type_embeddings.weight", new int[] {2, DIMENSIONS});
        norm("embeddings.LayerNorm");
        for (String part : List.of("self.query", "self.key", "self.value", "output.dense")) {
            dense("encoder.layer.0.attention." + part, DIMENSIONS, DIMENSIONS);
        }
        norm("encoder.layer.0.attention.output.LayerNorm");
        dense("encoder.layer.0.intermediate.dense", INNER, DIMENSIONS);
        dense("encoder.layer.0.output.dense", DIMENSIONS, INNER);
        norm("encoder.layer.0.output.LayerNorm");
        return safetensors();
    }

    private void dense(String name, int out, int in) {
        shapes.put(name + ".weight", new int[] {out, in});
        shapes.put(name + ".bias", new int[] {out});
    }

    private void norm(String name) {
        shapes.put(name + ".weight", new int[] {DIMENSIONS});
        shapes.put(name + ".bias", new int[] {DIMENSIONS});
    }

    private byte[] safetensors() throws IOException {
        final List<String> header = new ArrayList<>();
        final ByteArrayOutputStream values = new ByteArrayOutputStream();
        for (Map.Entry<String, int[]> entry : shapes.entrySet()) {
            final int[] shape = entry.getValue();
            final int begin = values.size();
            values.write(values(entry.getKey(), shape.length == 2 ? shape[0] * shape[1] : shape[0]));
            header.add("\"%s\": {\"dtype\": \"F32\", \"shape\": %s, \"data_offsets\": [%d, %d]}"
                    .formatted(entry.getKey(), java.util.Arrays.toString(shape), begin, values.size()));
        }
        final byte[] json = ("{" + String.join(", ", header) + "}").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + values.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(values.toByteArray())
                .array();
    }

    private byte[] values(String name, int count) {
        final ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putFloat(name.endsWith("LayerNorm.weight") ? 1 : (float) (0.2 * random.nextGaussian()));
        }
        return bytes.array();
    }
}
