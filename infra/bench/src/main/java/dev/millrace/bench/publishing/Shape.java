package dev.millrace.bench.publishing;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedding.files.RandomBert;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.model.ModelConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Models with the shapes of known ones, and weights that are drawn: what a version of them weighs does not depend on what they know. */
enum Shape {
    /** all-MiniLM-L6-v2's 22.7 million weights. */
    MINILM(6, 384),
    /** bge-base-en-v1.5's 109.5 million. */
    BGE_BASE(12, 768);

    /** Of BERT's vocabulary; the first four are special tokens. */
    static final int WORDS = 30_522;

    private static final int POSITIONS = 512;
    private static final int HEADS = 12;
    private static final double SPREAD = 0.04;

    private final int layers;
    private final int hidden;

    Shape(int layers, int hidden) {
        this.layers = layers;
        this.hidden = hidden;
    }

    /** The word with this number, 0 and above. */
    static String word(int number) {
        return "w" + number;
    }

    /** A new folder with such a model. */
    Path write(Path folder) throws IOException {
        List<String> words = IntStream.range(0, WORDS - 4).mapToObj(Shape::word).toList();
        new RandomBert(1, hidden, POSITIONS, 0.1, 1).write(folder, words);
        Map<String, Object> config = new LinkedHashMap<>(Map.of("model_type", "bert", "hidden_act", "gelu"));
        config.putAll(Map.of(
                "num_hidden_layers", layers,
                "num_attention_heads", HEADS,
                "hidden_size", hidden,
                "intermediate_size", 4 * hidden,
                "vocab_size", WORDS,
                "max_position_embeddings", POSITIONS,
                "type_vocab_size", 2));
        ObjectMapper json = new ObjectMapper();
        json.writeValue(folder.resolve("config.json").toFile(), config);
        SplittableRandom random = new SplittableRandom(1);
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
        ModelConfig.of(json.valueToTree(config)).parameters().forEach(name -> tensors.put(name, tensor(name, random)));
        Files.delete(folder.resolve("model.safetensors"));
        Safetensors.write(folder.resolve("model.safetensors"), tensors);
        return folder;
    }

    private long[] shape(String name) {
        if (name.endsWith("_embeddings.weight")) {
            return new long[] {name.contains(".word_") ? WORDS : name.contains(".position_") ? POSITIONS : 2, hidden};
        }
        long out = name.contains("intermediate") ? 4L * hidden : hidden;
        if (name.endsWith(".bias") || name.contains("LayerNorm")) {
            return new long[] {out};
        }
        boolean narrows = name.endsWith("output.dense.weight") && !name.contains("attention");
        return new long[] {out, narrows ? 4L * hidden : hidden};
    }

    private Safetensors.Tensor tensor(String name, SplittableRandom random) {
        long[] shape = shape(name);
        int count = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        ByteBuffer values = ByteBuffer.allocateDirect(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            double drawn = SPREAD * (2 * random.nextDouble() - 1);
            values.putFloat((float) (name.endsWith("LayerNorm.weight") ? 1 + drawn : drawn));
        }
        return new Safetensors.Tensor(shape, values.flip());
    }
}
