package dev.millrace.embedding.files;

import dev.millrace.embedding.model.ParameterNames;
import dev.millrace.embedding.model.Pooling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** A random BERT with MiniLM's tokenizer, for what does not depend on what the weights know: 4 MB instead of 90. */
public final class TinyBert {
    public static final int LAYERS = 2;

    private static final int HIDDEN = 32;
    private static final int INNER = 64;
    private static final int WORDS = 30522;
    private static final int POSITIONS = 64;
    private static final double SPREAD = 0.1;

    private final SplittableRandom random = new SplittableRandom(5);

    private TinyBert() {}

    /** Writes it into a new folder. */
    public static Path write(Path folder, double dropout) {
        try {
            Files.createDirectories(folder);
            new SentenceTransformersFiles(folder, Pooling.MEAN, POSITIONS).write(HIDDEN);
            Files.copy(Models.resource("all-minilm-l6-v2-tokenizer.json"), folder.resolve("tokenizer.json"));
            Files.writeString(folder.resolve("config.json"), """
                    {"model_type": "bert", "hidden_act": "gelu", "num_hidden_layers": %d, "num_attention_heads": 4,
                     "hidden_size": %d, "intermediate_size": %d, "vocab_size": %d, "max_position_embeddings": %d,
                     "type_vocab_size": 2, "hidden_dropout_prob": %s, "attention_probs_dropout_prob": %s}
                    """.formatted(
                            LAYERS, HIDDEN, INNER, WORDS, POSITIONS, dropout, dropout));
            Safetensors.write(folder.resolve("model.safetensors"), new TinyBert().weights());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    private Map<String, Safetensors.Tensor> weights() {
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
        for (String name : ParameterNames.BERT.of(LAYERS)) {
            tensors.put(name, tensor(name, shape(name)));
        }
        return tensors;
    }

    private static long[] shape(String name) {
        if (name.endsWith("_embeddings.weight")) {
            int rows = name.contains(".word_") ? WORDS : name.contains(".position_") ? POSITIONS : 2;
            return new long[] {rows, HIDDEN};
        }
        boolean widens = name.contains("intermediate");
        int out = widens ? INNER : HIDDEN;
        if (name.endsWith(".bias") || name.contains("LayerNorm")) {
            return new long[] {out};
        }
        boolean narrows = name.endsWith("output.dense.weight") && !name.contains("attention");
        return new long[] {out, narrows ? INNER : HIDDEN};
    }

    private Safetensors.Tensor tensor(String name, long[] shape) {
        int count = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
        ByteBuffer values = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            double start = name.endsWith("LayerNorm.weight") ? 1 : 0;
            values.putFloat((float) (start + (shape.length == 1 ? 0 : SPREAD * random.nextGaussian())));
        }
        return new Safetensors.Tensor(shape, values.flip());
    }
}
