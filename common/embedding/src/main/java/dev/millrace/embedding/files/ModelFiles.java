package dev.millrace.embedding.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Carries the files of a model folder over into the folder of its next version. */
public final class ModelFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The folder in a model's where an adapter lies, as PEFT writes it. */
    public static final String ADAPTER = "adapter";

    private static final String CONFIG = "config.json";
    private static final String TOKENIZER = "tokenizer.json";
    private static final String MODULES = "modules.json";
    private static final List<String> ADAPTERS =
            List.of(ADAPTER + "/adapter_config.json", ADAPTER + "/adapter_model.safetensors");
    private static final List<String> CARRIED = List.of(
            CONFIG,
            TOKENIZER,
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json",
            "vocab.txt",
            "vocab.json",
            "merges.txt",
            MODULES,
            "sentence_bert_config.json",
            "sentence_roberta_config.json",
            "sentence_camembert_config.json",
            "sentence_xlm-roberta_config.json",
            "config_sentence_transformers.json");

    private ModelFiles() {}

    /** Copies the files that tools need to load the model; everything else in the folder is not the model's. */
    public static void copyAllButWeights(Path source, Path target) {
        try {
            Files.createDirectories(target);
            for (var file : files(source).entrySet()) {
                Files.createDirectories(target.resolve(file.getKey()).getParent());
                Files.write(target.resolve(file.getKey()), content(file.getValue()));
            }
            flatten(source, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Copies the same files and the weights as they are, with an adapter where there is one; what a link points to is copied, not the
     * link. Weights in several files become one, in fp32: versions have one.
     */
    public static void copy(Path source, Path target) {
        copyModel(source, target);
        try {
            for (String name : ADAPTERS) {
                if (Files.isRegularFile(source.resolve(name))) {
                    Files.createDirectories(target.resolve(ADAPTER));
                    Files.copy(source.resolve(name), target.resolve(name));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyModel(Path source, Path target) {
        Path weights = ModelFolder.encoder(source);
        if (!WeightFiles.isOne(weights)) {
            copyAllButWeights(source, target);
            writeWeights(source, target, Map.of());
            return;
        }
        try {
            Files.createDirectories(target);
            for (var file : files(source).entrySet()) {
                Files.createDirectories(target.resolve(file.getKey()).getParent());
                Files.copy(file.getValue(), target.resolve(file.getKey()));
            }
            Files.copy(weights.resolve(WeightFiles.ONE), target.resolve(WeightFiles.ONE));
            flatten(source, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of the carried files that are there, and what modules.json names under whatever path; by where they go. */
    private static Map<String, Path> files(Path source) {
        Map<String, Path> files = new LinkedHashMap<>();
        Stream.concat(CARRIED.stream(), SentenceTransformersModules.read(source).files().stream())
                .filter(name -> Files.isRegularFile(source.resolve(name)))
                .forEach(name -> files.put(name, source.resolve(name)));
        Optional.of(ModelFolder.encoder(source).resolve(TOKENIZER))
                .filter(Files::isRegularFile)
                .ifPresent(file -> files.put(TOKENIZER, file));
        return files;
    }

    /** A version has its weights in its own folder, whatever folder a StaticEmbedding had them in. */
    private static void flatten(Path source, Path target) throws IOException {
        SentenceTransformersModules modules = SentenceTransformersModules.read(source);
        if (!modules.encoder().equals(source)) {
            JSON.writerWithDefaultPrettyPrinter()
                    .writeValue(target.resolve(MODULES).toFile(), modules.flat());
        }
    }

    /** What is written is fp32, and transformers loads a folder in the precision that its config.json states. */
    private static byte[] content(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        if (!file.endsWith(CONFIG)) {
            return content;
        }
        JsonNode config = JSON.readTree(content);
        boolean changed = false;
        for (String key : List.of("dtype", "torch_dtype", "embedding_dtype")) {
            if (config.path(key).asText("float32").endsWith("float16")) {
                ((ObjectNode) config).put(key, "float32");
                changed = true;
            }
        }
        return changed ? JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(config) : content;
    }

    /** Writes the source's tensors with those in {@code changed} (names without prefix) replaced. */
    public static void writeWeights(Path source, Path target, Map<String, Safetensors.Stored> changed) {
        Map<String, Safetensors.Tensor> before = ModelWeights.read(source);
        Map<String, Safetensors.Stored> all = new LinkedHashMap<>(Safetensors.stored(before));
        String prefix = ModelWeights.prefix(before, ModelFolder.config(source));
        changed.forEach((name, tensor) -> all.put(prefix + name, tensor));
        try {
            Safetensors.writeStored(target.resolve(WeightFiles.ONE), all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
