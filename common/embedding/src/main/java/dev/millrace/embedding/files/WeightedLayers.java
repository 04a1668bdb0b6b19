package dev.millrace.embedding.files;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedding.model.UnsupportedModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * sentence-transformers' WeightedLayerPooling: each token's values are averaged over layers by weights that it keeps.
 *
 * @param file of the weights
 * @param from the first layer that has one: 0 the embeddings
 * @param weights of that layer and all above
 */
record WeightedLayers(String file, int from, double[] weights) {
    private static final String NAME = "layer_weights";

    /** Reads the module's files in this path of the model's folder. */
    static WeightedLayers read(Path folder, Path module) {
        JsonNode settings =
                ModelFolder.json(folder, module.resolve("config.json").toString());
        Path file = module.resolve(WeightFiles.ONE);
        if (!settings.path("layer_start").isInt() || !Files.isRegularFile(folder.resolve(file))) {
            throw new UnsupportedModelException(
                    module + ": config.json with layer_start and " + WeightFiles.ONE + " are needed");
        }
        float[] values = Optional.ofNullable(
                        Safetensors.read(folder.resolve(file)).get(NAME))
                .map(Safetensors.Tensor::floats)
                .orElseThrow(() -> new UnsupportedModelException(file + ": " + NAME + " is missing"));
        double[] weights =
                IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
        return new WeightedLayers(file.toString(), settings.path("layer_start").asInt(), weights);
    }

    /**
     * The one layer that counts as much as the top one, where all others count nothing.
     *
     * @param layers of the encoder
     * @throws UnsupportedModelException where the weights are others
     */
    int lower(int layers) {
        int[] counted =
                IntStream.range(0, weights.length).filter(i -> weights[i] != 0).toArray();
        boolean two = from >= 0
                && from + weights.length == layers + 1
                && counted.length == 2
                && counted[1] == weights.length - 1
                && weights[counted[0]] == weights[counted[1]];
        if (!two) {
            String said = String.join(
                    " ", DoubleStream.of(weights).mapToObj(Double::toString).toList());
            throw UnsupportedModelException.value(
                    file,
                    NAME,
                    said + " from layer " + from + " on",
                    "the same for layer " + layers + ", the top one, and for one other, 0 for the rest");
        }
        return from + counted[0];
    }
}
