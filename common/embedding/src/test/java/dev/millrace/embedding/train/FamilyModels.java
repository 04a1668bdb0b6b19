package dev.millrace.embedding.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.objective.batch.Row;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.text.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The tiny models of {@code golden/families.py} and the scripts beside it, whose weights are a formula. */
public final class FamilyModels {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FamilyModels() {}

    static JsonNode golden() {
        return golden("families");
    }

    /** What a script wrote. */
    public static JsonNode golden(String script) {
        try (InputStream file = FamilyModels.class.getResourceAsStream("/golden/" + script + ".json")) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The configuration of a script's model. */
    public static ModelConfig config(String script, String family) {
        return ModelConfig.of(golden(script).path("models").path(family).path("config"));
    }

    /** Writes a family's model, its tensors' names beginning with the prefix. */
    public static Path write(Path folder, String family, String prefix) {
        return write(folder, golden().path("models").path(family), prefix);
    }

    /** Writes a model of such a script, with the further files that it has for it. */
    public static Path write(Path folder, JsonNode model, String prefix) {
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
        weights(sorted(model.path("gradients"))).forEach((name, tensor) -> tensors.put(prefix + name, tensor));
        try {
            Files.createDirectories(folder);
            Safetensors.write(folder.resolve("model.safetensors"), tensors);
            JSON.writeValue(folder.resolve("config.json").toFile(), model.path("config"));
            Files.writeString(folder.resolve("tokenizer.json"), "{}");
            for (var file : model.path("files").properties()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                JSON.writeValue(path.toFile(), file.getValue());
            }
            for (var module : model.path("dense").properties()) {
                Safetensors.write(
                        folder.resolve(module.getKey()).resolve("model.safetensors"),
                        weights(sorted(module.getValue())));
            }
            Path layers = folder.resolve("1_WeightedLayerPooling");
            if (Files.exists(layers)) {
                float[] weights = JSON.convertValue(model.path("layer_weights"), float[].class);
                writeLayerWeights(layers, weights);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    /** Writes what a WeightedLayerPooling keeps. */
    public static void writeLayerWeights(Path module, float... weights) throws IOException {
        ByteBuffer values = ByteBuffer.allocate(Float.BYTES * weights.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float weight : weights) {
            values.putFloat(weight);
        }
        Safetensors.Tensor tensor = new Safetensors.Tensor(new long[] {weights.length}, values.flip());
        Safetensors.write(module.resolve("model.safetensors"), Map.of("layer_weights", tensor));
    }

    /** What is said of each tensor, by its name: its shape, or an object that has it. */
    private static SortedMap<String, JsonNode> sorted(JsonNode byName) {
        SortedMap<String, JsonNode> sorted = new TreeMap<>();
        byName.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    private static Map<String, Safetensors.Tensor> weights(SortedMap<String, JsonNode> described) {
        Map<String, Safetensors.Tensor> tensors = new TreeMap<>();
        described.forEach((name, said) -> {
            JsonNode shape = said.isArray() ? said : said.path("shape");
            long[] sizes = LongStream.range(0, shape.size())
                    .map(i -> shape.path((int) i).asLong())
                    .toArray();
            double scale = name.matches(".*(LayerNorm|layer_norm).weight") ? 1 : 0;
            tensors.put(name, tensor(sizes, tensors.size(), said.path("base").asDouble(scale)));
        });
        return tensors;
    }

    private static Safetensors.Tensor tensor(long[] sizes, int k, double base) {
        int count = (int) LongStream.of(sizes).reduce(1, Math::multiplyExact);
        ByteBuffer values = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (double i = 0; i < count; i++) {
            values.putFloat((float) (Math.sin(1 + k + 0.7 * i + 0.01 * i * i) / 5 + base));
        }
        return new Safetensors.Tensor(sizes, values.flip());
    }

    /** A script's pairs, every positive a candidate for every anchor. */
    public static TrainingBatch pairs(JsonNode golden) {
        List<Tokens> texts = new ArrayList<>(texts(golden.path("anchors")));
        texts.addAll(texts(golden.path("positives")));
        int pairs = texts.size() / 2;
        BitSet positives = new BitSet();
        positives.set(pairs, 2 * pairs);
        return TrainingBatch.ofRows(
                texts,
                IntStream.range(0, pairs)
                        .mapToObj(i -> new Row(i, pairs + i, positives, 1))
                        .toList());
    }

    public static List<Tokens> texts(JsonNode ids) {
        List<Tokens> texts = new ArrayList<>();
        ids.forEach(text -> texts.add(new Tokens(JSON.convertValue(text, int[].class), false)));
        return texts;
    }
}
