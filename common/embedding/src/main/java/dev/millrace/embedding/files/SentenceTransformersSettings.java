package dev.millrace.embedding.files;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedding.model.Pooling;
import dev.millrace.embedding.model.Prompts;
import dev.millrace.embedding.model.UnsupportedModelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * What sentence-transformers' files say of a folder, where it has any. Whatever would make its vectors others than
 * Millrace's is refused; only their length may differ, since Millrace's always have norm 1.
 *
 * @param pooling how tokens become one vector; the mean where nothing is said
 * @param lower the layer that is averaged with the top one before, see {@link ModelFolder}
 * @param dense what becomes of a text's vector after that, one after the other
 * @param maxTokens longest text in tokens, where it is said
 * @param prompts what stands before texts
 */
record SentenceTransformersSettings(
        Pooling pooling, OptionalInt lower, List<DenseLayer> dense, OptionalInt maxTokens, Prompts prompts) {
    private static final String INCLUDE_PROMPT = "include_prompt";
    /** sentence-transformers takes the first that is there. */
    private static final List<String> TRANSFORMER_FILES = List.of(
            "sentence_bert_config.json",
            "sentence_roberta_config.json",
            "sentence_camembert_config.json",
            "sentence_xlm-roberta_config.json");

    /**
     * Reads them.
     *
     * @param layers of the encoder
     * @param width of a token's vector
     */
    static SentenceTransformersSettings read(Path folder, int layers, int width) {
        SentenceTransformersModules modules = SentenceTransformersModules.read(folder);
        modules.require();
        Prompts prompts = PromptsFile.read(folder);
        modules.pooling().ifPresent(file -> requirePromptsPooled(file, ModelFolder.json(folder, file), prompts));
        return new SentenceTransformersSettings(
                modules.pooling()
                        .map(file -> pooling(file, ModelFolder.json(folder, file)))
                        .orElse(Pooling.MEAN),
                modules.layers().stream()
                        .mapToInt(module -> WeightedLayers.read(folder, module).lower(layers))
                        .findFirst(),
                dense(folder, modules.dense(), width),
                modules.isStatic() ? OptionalInt.empty() : maxTokens(folder),
                prompts);
    }

    /** All tokens are pooled here, those of a prompt, too. */
    private static void requirePromptsPooled(String file, JsonNode json, Prompts prompts) {
        if (!json.path(INCLUDE_PROMPT).asBoolean(true) && !prompts.areNone()) {
            throw UnsupportedModelException.value(
                    file, INCLUDE_PROMPT, "false", "true where config_sentence_transformers.json has prompts");
        }
    }

    private static List<DenseLayer> dense(Path folder, List<Path> modules, int width) {
        List<DenseLayer> layers = new ArrayList<>();
        int given = width;
        for (Path module : modules) {
            DenseLayer layer = DenseLayer.read(folder, module, given);
            layers.add(layer);
            given = layer.out();
        }
        return layers;
    }

    private static Pooling pooling(String file, JsonNode json) {
        TreeSet<String> modes = new TreeSet<>();
        if (json.has("pooling_mode")) {
            JsonNode mode = json.path("pooling_mode");
            (mode.isArray() ? mode : List.of(mode)).forEach(name -> modes.add(name.asText()));
        } else {
            json.properties().stream()
                    .filter(entry -> entry.getKey().startsWith("pooling_mode_")
                            && entry.getValue().asBoolean())
                    .forEach(entry -> modes.add(Pooling.modeOf(entry.getKey())));
        }
        String said = String.join(" and ", modes);
        return Pooling.of(said)
                .orElseThrow(
                        () -> UnsupportedModelException.value(file, "pooling_mode", said, "one of " + Pooling.modes()));
    }

    private static OptionalInt maxTokens(Path folder) {
        for (String file : TRANSFORMER_FILES) {
            JsonNode json = ModelFolder.json(folder, file);
            if (json.path("do_lower_case").asBoolean()) {
                throw UnsupportedModelException.value(
                        file, "do_lower_case", "true", "false; a Lowercase normalizer in tokenizer.json does the same");
            }
            if (json.path("max_seq_length").isInt()) {
                return OptionalInt.of(json.path("max_seq_length").asInt());
            }
        }
        // Huge where a tokenizer knows no limit.
        JsonNode limit = ModelFolder.json(folder, "tokenizer_config.json").path("model_max_length");
        return limit.isInt() ? OptionalInt.of(limit.asInt()) : OptionalInt.empty();
    }
}
