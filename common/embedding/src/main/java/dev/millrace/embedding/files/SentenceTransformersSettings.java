package dev.millrace.embedding.files;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedding.model.Pooling;
import dev.millrace.embedding.model.UnsupportedModelException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * What sentence-transformers' files say of a folder, where it has any. Whatever would make its vectors others than
 * Millrace's is refused; only their length may differ, since Millrace's always have norm 1.
 *
 * @param pooling how tokens become one vector; the mean where nothing is said
 * @param maxTokens longest text in tokens, where it is said
 */
record SentenceTransformersSettings(Pooling pooling, OptionalInt maxTokens) {
    private static final System.Logger LOG = System.getLogger(SentenceTransformersSettings.class.getName());
    private static final String MODULES = "modules.json";
    private static final String PROMPTS = "config_sentence_transformers.json";
    private static final String LEGACY_POOLING = "1_Pooling/config.json";
    private static final List<String> SUPPORTED = List.of("Transformer", "Pooling", "Normalize");
    /** sentence-transformers takes the first that is there. */
    private static final List<String> TRANSFORMER_FILES = List.of(
            "sentence_bert_config.json",
            "sentence_roberta_config.json",
            "sentence_camembert_config.json",
            "sentence_xlm-roberta_config.json");

    static SentenceTransformersSettings read(Path folder) {
        refusePrompts(ModelFolder.json(folder, PROMPTS));
        return new SentenceTransformersSettings(pooling(folder, ModelFolder.json(folder, MODULES)), maxTokens(folder));
    }

    /** Millrace encodes what it is given: a prompt that is put before every text would be missing. */
    private static void refusePrompts(JsonNode json) {
        String prompt = json.path("default_prompt_name").asText("");
        if (!prompt.isEmpty()) {
            throw UnsupportedModelException.value(PROMPTS, "default_prompt_name", prompt, "null");
        }
    }

    private static Pooling pooling(Path folder, JsonNode modules) {
        if (modules.isMissingNode()) {
            JsonNode legacy = ModelFolder.json(folder, LEGACY_POOLING);
            return legacy.isMissingNode() ? Pooling.MEAN : pooling(LEGACY_POOLING, legacy);
        }
        for (int i = 0; i < Math.max(modules.size(), 2); i++) {
            requireModule(modules.path(i), i);
        }
        if (!modules.path(0).path("path").asText().isEmpty()) {
            throw UnsupportedModelException.value(
                    MODULES, "0.path", modules.path(0).path("path").asText(), "\"\", the folder itself");
        }
        if (modules.size() < SUPPORTED.size()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: Normalize is missing, so sentence-transformers gives vectors of other lengths; here all have norm 1",
                    MODULES);
        }
        String file = configOf(modules.path(1).path("path").asText());
        JsonNode json = ModelFolder.json(folder, file);
        if (json.isMissingNode()) {
            throw new UnsupportedModelException(file + " is missing, which " + MODULES + " names");
        }
        return pooling(file, json);
    }

    /** Where the modules' own settings lie: by modules.json under any path in the folder, without it where they always did. */
    static List<String> moduleFiles(Path folder) {
        JsonNode modules = ModelFolder.json(folder, MODULES);
        if (modules.isMissingNode()) {
            return List.of(LEGACY_POOLING);
        }
        return modules.findValuesAsText("path").stream()
                .filter(path -> !path.isEmpty())
                .map(SentenceTransformersSettings::configOf)
                .toList();
    }

    private static String configOf(String path) {
        Path file = Path.of(path, "config.json").normalize();
        if (file.isAbsolute() || file.startsWith("..")) {
            throw UnsupportedModelException.value(MODULES, "path", path, "a path in the model folder");
        }
        return file.toString();
    }

    private static void requireModule(JsonNode module, int index) {
        String type = module.path("type").asText("");
        boolean known =
                index < SUPPORTED.size() && type.matches("sentence_transformers\\.(\\w+\\.)*" + SUPPORTED.get(index));
        if (!known) {
            throw UnsupportedModelException.value(
                    MODULES, index + ".type", type, "Transformer, Pooling and Normalize, in this order");
        }
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
