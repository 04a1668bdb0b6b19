package dev.millrace.embedding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Carries the files of a model folder over into the folder of its next version. */
final class ModelFiles {
    private static final String WEIGHTS = "model.safetensors";
    private static final List<String> CARRIED = List.of(
            "config.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "vocab.txt",
            "modules.json",
            "sentence_bert_config.json",
            "config_sentence_transformers.json");

    private ModelFiles() {}

    /** Copies the files that tools need to load the model; everything else in the folder is not the model's. */
    static void copyAllButWeights(Path source, Path target) {
        try {
            Files.createDirectories(target);
            try (Stream<Path> files = Files.walk(source, 2)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path name = source.relativize(file);
                    if (CARRIED.contains(name.toString()) || name.toString().matches("\\d_[A-Za-z]+/config\\.json")) {
                        Files.createDirectories(target.resolve(name).getParent());
                        Files.write(target.resolve(name), Files.readAllBytes(file));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the source's tensors with those in {@code changed} (names without prefix) replaced. */
    static void writeWeights(Path source, Path target, Map<String, Safetensors.Tensor> changed) {
        Map<String, Safetensors.Tensor> all = new LinkedHashMap<>(Safetensors.read(source.resolve(WEIGHTS)));
        String prefix = BertWeights.prefix(all);
        changed.forEach((name, tensor) -> all.put(prefix + name, tensor));
        try {
            Safetensors.write(target.resolve(WEIGHTS), all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
