package dev.millrace.embedding.files;

import dev.millrace.embedding.model.Pooling;
import dev.millrace.embedding.train.FamilyModels;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/** The two pretrained models that a build can get from the Maven registry, imported once per build folder; and a random one. */
public final class Models {
    /** Of {@link #random}. */
    public static final int RANDOM_LAYERS = 2;

    /** One of each dropout; drawing takes longer than most tests. */
    private static final Map<Double, Path> DRAWN = new ConcurrentHashMap<>();

    private Models() {}

    public static Path miniLm() {
        return imported("all-minilm-l6-v2", Pooling.MEAN, 256);
    }

    public static Path bgeSmallChinese() {
        return imported("bge-small-zh-v1.5", Pooling.CLS, 512);
    }

    /** A random BERT with MiniLM's tokenizer, in a new folder: 4 MB instead of 90. */
    public static Path random(Path target, double dropout) {
        ModelFiles.copy(DRAWN.computeIfAbsent(dropout, Models::drawn), target);
        return target;
    }

    private static Path drawn(double dropout) {
        try {
            Path folder = Files.createTempDirectory("millrace");
            Files.copy(resource("all-minilm-l6-v2-tokenizer.json"), folder.resolve("tokenizer.json"));
            new RandomBert(RANDOM_LAYERS, 32, 64, dropout, 5).write(folder);
            try (Stream<Path> files = Files.walk(folder)) {
                files.map(Path::toFile).forEach(File::deleteOnExit);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** MiniLM as one without dropout, in a new folder. */
    public static Path withoutDropout(Path target) {
        ModelFiles.copyAllButWeights(miniLm(), target);
        try {
            Files.copy(miniLm().resolve("model.safetensors"), target.resolve("model.safetensors"));
            Path config = target.resolve("config.json");
            Files.writeString(config, Files.readString(config).replaceAll("(dropout_prob\" : )0.1", "$10.0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return target;
    }

    /** Makes a model of {@link #random} one that pools the mean of its layers by these weights: of the embeddings, and of each layer. */
    public static Path averagingLayers(Path model, float... weights) throws IOException {
        Path modules = model.resolve("modules.json");
        String transformer = "sentence_transformers.models.Transformer\"";
        String layers = """
                }, {"idx": 1, "path": "1_WeightedLayerPooling", "type": "sentence_transformers.models.WeightedLayerPooling\"""";
        Files.writeString(
                modules,
                Files.readString(modules).replaceFirst(transformer, Matcher.quoteReplacement(transformer + layers)));
        Path module = Files.createDirectories(model.resolve("1_WeightedLayerPooling"));
        Files.writeString(module.resolve("config.json"), "{\"num_hidden_layers\": 2, \"layer_start\": 0}");
        FamilyModels.writeLayerWeights(module, weights);
        return model;
    }

    private static synchronized Path imported(String name, Pooling pooling, int maxTokens) {
        Path folder = Path.of("target", "models", name);
        if (!Files.exists(folder.resolve("tokenizer_config.json"))) {
            try {
                Path onnx = resource(name + ".onnx");
                Path tokenizer = resource(name + "-tokenizer.json");
                OnnxImport.importOnnx(onnx, tokenizer, pooling, maxTokens, folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return folder;
    }

    private static Path resource(String name) throws IOException {
        Path file = Files.createTempFile("millrace", name);
        file.toFile().deleteOnExit();
        try (InputStream in = Models.class.getResourceAsStream("/" + name)) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }
}
