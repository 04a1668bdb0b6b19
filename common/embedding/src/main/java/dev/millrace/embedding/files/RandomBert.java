package dev.millrace.embedding.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.model.Pooling;
import dev.millrace.embedding.model.plan.Weight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A BERT whose weights are drawn, for whatever does not depend on what they know: as small as one likes, and so learned and served in
 * no time. The same one over the same words is always the same bytes.
 *
 * @param layers 1 and above
 * @param hidden width of a token's vector, even: it has two heads, and twice the width inside its feed-forward parts
 * @param positions longest text in tokens, special ones included
 * @param dropout share of hidden values and of attention weights dropped in training, [0,1)
 * @param seed of the weights
 */
public record RandomBert(int layers, int hidden, int positions, double dropout, long seed) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]");
    private static final double SPREAD = 0.15;

    /**
     * Writes it into a new folder, with a tokenizer for texts of these words and white space.
     *
     * @param words their ids begin behind those of the four special tokens
     */
    public Path write(Path folder, List<String> words) throws IOException {
        final List<String> ids = new ArrayList<>();
        for (String word : concat(SPECIAL, words)) {
            ids.add(JSON.writeValueAsString(word) + ": " + ids.size());
        }
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("tokenizer.json"), """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
                 "pre_tokenizer": {"type": "WhitespaceSplit"},
                 "post_processor": {"type": "TemplateProcessing",
                   "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                              {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
                   "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
                   "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]},
                                      "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}},
                 "decoder": null, "model": {"type": "WordLevel", "unk_token": "[UNK]", "vocab": {%s}}}
                """.formatted(String.join(", ", ids)));
        return write(folder);
    }

    private static List<String> concat(List<String> first, List<String> second) {
        final List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** Writes it beside the {@code tokenizer.json} that the folder holds, for that one's words. */
    public Path write(Path folder) throws IOException {
        final int words = words(JSON.readTree(folder.resolve("tokenizer.json").toFile()));
        new SentenceTransformersFiles(folder, Pooling.MEAN, positions).write(hidden);
        final String config = """
                {"model_type": "bert", "hidden_act": "gelu", "num_hidden_layers": %d, "num_attention_heads": 2,
                 "hidden_size": %d, "intermediate_size": %d, "vocab_size": %d, "max_position_embeddings": %d,
                 "type_vocab_size": 2, "hidden_dropout_prob": %s, "attention_probs_dropout_prob": %s}
                """.formatted(layers, hidden, 2 * hidden, words, positions, dropout, dropout);
        Files.writeString(folder.resolve("config.json"), config);
        Safetensors.write(folder.resolve("model.safetensors"), weights(ModelConfig.of(JSON.readTree(config))));
        return folder;
    }

    private static int words(JsonNode tokenizer) {
        int highest = 0;
        for (JsonNode id : tokenizer.at("/model/vocab")) {
            highest = Math.max(highest, id.asInt());
        }
        return highest + 1;
    }

    private Map<String, Safetensors.Tensor> weights(ModelConfig config) {
        final Random random = new Random(seed);
        final Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
        for (Weight weight : config.plan().weights()) {
            tensors.put(weight.name(), tensor(weight, random));
        }
        return tensors;
    }

    private static Safetensors.Tensor tensor(Weight weight, Random random) {
        final long[] shape = weight.shape().stream().mapToLong(Long::longValue).toArray();
        final int count = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
        final ByteBuffer values = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
        final float constant = weight.name().endsWith("LayerNorm.weight") ? 1 : 0;
        for (int i = 0; i < count; i++) {
            values.putFloat(shape.length == 1 ? constant : (float) (SPREAD * random.nextGaussian()));
        }
        return new Safetensors.Tensor(shape, values.flip());
    }
}
