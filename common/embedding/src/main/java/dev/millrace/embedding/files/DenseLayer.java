package dev.millrace.embedding.files;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedding.model.UnsupportedModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * sentence-transformers' Dense: what becomes of a text's pooled vector x is activation(W x + b). Its weights stay as they are.
 *
 * @param in numbers of x
 * @param out numbers of what becomes of it
 * @param weight W, [out, in], row by row
 * @param bias b, [out]; zeros where the module has none
 * @param activation of each number
 */
public record DenseLayer(int in, int out, float[] weight, float[] bias, Activation activation) {
    private static final String INPUT = "module_input_name";
    private static final String VECTOR = "sentence_embedding";

    /** What may follow the product, by the class's name in {@code torch.nn}. */
    public enum Activation {
        /** Nothing. */
        IDENTITY("Identity"),
        /** The hyperbolic tangent, which sentence-transformers takes unless told otherwise. */
        TANH("Tanh"),
        /** The positive part. */
        RELU("ReLU"),
        /** By the error function (Hendrycks and Gimpel 2016). */
        GELU("GELU"),
        /** The logistic function. */
        SIGMOID("Sigmoid");

        private final String type;

        Activation(String type) {
            this.type = type;
        }
    }

    /**
     * Reads the module's files in this path of the model's folder.
     *
     * @throws UnsupportedModelException naming file and key
     */
    static DenseLayer read(Path folder, Path module, int width) {
        String file = module.resolve("config.json").toString();
        JsonNode settings = ModelFolder.json(folder, file);
        int in = settings.path("in_features").asInt();
        if (in != width) {
            throw UnsupportedModelException.value(
                    file, "in_features", settings.path("in_features").asText(), width + ", as many as it is given");
        }
        String input = settings.path(INPUT).asText(VECTOR);
        if (!input.equals(VECTOR)) {
            throw UnsupportedModelException.value(file, INPUT, input, VECTOR);
        }
        Activation activation =
                activation(file, settings.path("activation_function").asText("torch.nn.modules.activation.Tanh"));
        String weights = module.resolve(WeightFiles.ONE).toString();
        if (!Files.isRegularFile(folder.resolve(weights))) {
            throw new UnsupportedModelException(weights + " is missing; other files of a Dense module are not read");
        }
        int out = settings.path("out_features").asInt();
        Map<String, Safetensors.Tensor> tensors = Safetensors.read(folder.resolve(weights));
        boolean biased = settings.path("bias").asBoolean(true);
        return new DenseLayer(
                in,
                out,
                values(weights, tensors, "linear.weight", out, in),
                biased ? values(weights, tensors, "linear.bias", out) : new float[out],
                activation);
    }

    private static Activation activation(String file, String name) {
        return Arrays.stream(Activation.values())
                .filter(activation -> name.matches("torch\\.nn\\.(\\w+\\.)*" + activation.type))
                .findFirst()
                .orElseThrow(() -> UnsupportedModelException.value(
                        file,
                        "activation_function",
                        name,
                        Arrays.stream(Activation.values())
                                .map(activation -> activation.type)
                                .collect(Collectors.joining(", ", "of torch.nn ", ""))));
    }

    private static float[] values(String file, Map<String, Safetensors.Tensor> tensors, String name, long... shape) {
        if (!tensors.containsKey(name)) {
            throw new UnsupportedModelException(file + ": " + name + " is missing");
        }
        Safetensors.Tensor tensor = tensors.get(name);
        if (!Arrays.equals(tensor.shape(), shape)) {
            throw new UnsupportedModelException(file + ": " + name + " is " + Arrays.toString(tensor.shape())
                    + ", but by its config.json it is " + Arrays.toString(shape));
        }
        return tensor.floats();
    }
}
