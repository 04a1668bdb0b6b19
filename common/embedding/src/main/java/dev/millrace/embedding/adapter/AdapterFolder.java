package dev.millrace.embedding.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.embedding.files.ModelFiles;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.files.Safetensors.Stored;
import dev.millrace.embedding.files.Safetensors.Tensor;
import dev.millrace.embedding.model.ModelConfig;
import dev.millrace.embedding.model.UnsupportedModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** An adapter beside the weights that it is added to, as PEFT writes and reads it. */
record AdapterFolder(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONFIG = "adapter_config.json";
    private static final String WEIGHTS = "adapter_model.safetensors";
    private static final String BEFORE = "base_model.model.";
    /** What PEFT can say that would be computed otherwise; each must say nothing. */
    private static final List<String> ELSEWHERE = List.of(
            "use_rslora",
            "fan_in_fan_out",
            "rank_pattern",
            "alpha_pattern",
            "modules_to_save",
            "layer_replication",
            "target_parameters",
            "lora_bias",
            "use_qalora");

    /** That of a model folder, whether or not it is there. */
    static AdapterFolder of(Path model) {
        return new AdapterFolder(model.resolve(ModelFiles.ADAPTER));
    }

    boolean exists() {
        return Files.isRegularFile(folder.resolve(CONFIG));
    }

    /**
     * What it is.
     *
     * @throws UnsupportedModelException naming the key or tensor that is not supported, or no part of the model
     */
    AdapterDescription description(ModelConfig model) {
        JsonNode json = config();
        require(json, "peft_type", "LORA");
        require(json, "bias", "none");
        for (String key : ELSEWHERE) {
            JsonNode value = json.path(key);
            if (!(value.isMissingNode() || value.isNull() || (value.isEmpty() && value.isContainerNode()))
                    && value.asBoolean(true)) {
                throw UnsupportedModelException.value(file(CONFIG), key, value.toString(), "nothing");
            }
        }
        AdapterMethod method = json.path("use_dora").asBoolean() ? AdapterMethod.DORA : AdapterMethod.LORA;
        return new AdapterDescription(
                method, json.path("r").asInt(), json.path("lora_alpha").asDouble(), modules(model));
    }

    private JsonNode config() {
        try {
            return JSON.readTree(folder.resolve(CONFIG).toFile());
        } catch (IOException e) {
            throw new UnsupportedModelException(file(CONFIG) + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void require(JsonNode json, String key, String value) {
        if (!json.path(key).asText(value).equals(value)) {
            throw UnsupportedModelException.value(
                    file(CONFIG), key, json.path(key).asText(), value);
        }
    }

    private List<String> modules(ModelConfig model) {
        Set<String> named =
                tensors().keySet().stream().map(AdapterDescription::module).collect(Collectors.toSet());
        List<String> modules = model.plan().weights().stream()
                .map(weight -> weight.name().replaceFirst("\\.weight$", ""))
                .filter(named::remove)
                .toList();
        if (!named.isEmpty()) {
            throw new UnsupportedModelException(
                    file(WEIGHTS) + ": tensors of " + named + "; supported: LoRA's of matrices of the model");
        }
        return modules;
    }

    /**
     * The numbers under the names of the description, in their order.
     *
     * @throws UnsupportedModelException naming what is missing or of another shape
     */
    Map<String, Tensor> tensors(AdapterDescription description, ModelConfig model) {
        Map<String, Tensor> found = tensors();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        description.shapes(model).forEach((name, shape) -> {
            if (!found.containsKey(name) || !Arrays.equals(found.get(name).shape(), shape)) {
                throw new UnsupportedModelException(
                        file(WEIGHTS) + ": " + BEFORE + name + " of shape " + Arrays.toString(shape) + " is missing");
            }
            tensors.put(name, found.get(name));
        });
        return tensors;
    }

    private Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Safetensors.read(folder.resolve(WEIGHTS))
                .forEach((name, tensor) ->
                        tensors.put(name.startsWith(BEFORE) ? name.substring(BEFORE.length()) : name, tensor));
        return tensors;
    }

    /** Writes both files; the same numbers give the same bytes. */
    void write(AdapterDescription description, Map<String, Stored> numbers) {
        Map<String, Stored> named = new LinkedHashMap<>();
        numbers.forEach((name, stored) -> named.put(BEFORE + name, stored));
        try {
            Files.createDirectories(folder);
            Safetensors.writeStored(folder.resolve(WEIGHTS), named);
            JSON.writerWithDefaultPrettyPrinter()
                    .writeValue(folder.resolve(CONFIG).toFile(), json(description));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The modules by their whole names: of BERT output.dense alone is what ends attention's, too. */
    private static ObjectNode json(AdapterDescription description) {
        ObjectNode json = JSON.createObjectNode()
                .put("peft_type", "LORA")
                .put("task_type", "FEATURE_EXTRACTION")
                .putNull("base_model_name_or_path")
                .put("inference_mode", true)
                .put("r", description.rank())
                .put("lora_alpha", description.alpha())
                .put("lora_dropout", 0.0)
                .put("bias", "none")
                .put("fan_in_fan_out", false)
                .put("use_rslora", false)
                .put("use_dora", description.method() == AdapterMethod.DORA);
        description.modules().forEach(json.putArray("target_modules")::add);
        return json;
    }

    private static String file(String name) {
        return ModelFiles.ADAPTER + "/" + name;
    }
}
