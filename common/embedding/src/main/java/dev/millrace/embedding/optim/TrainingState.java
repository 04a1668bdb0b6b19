package dev.millrace.embedding.optim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.model.UnsupportedModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The files beside a published model from which training goes on: trained weights, the optimizer's moments, how far it is. */
public record TrainingState(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRAINED = "trained.safetensors";
    private static final String MOMENTS = "moments.safetensors";
    private static final String BASE = "base.safetensors";
    private static final String AVERAGED = "averaged.safetensors";
    private static final String OPTIMIZER = "optimizer.json";

    public boolean exists() {
        return Files.isRegularFile(folder.resolve(OPTIMIZER));
    }

    public Map<String, Safetensors.Tensor> trained() {
        return Safetensors.read(folder.resolve(TRAINED));
    }

    Map<String, Safetensors.Tensor> moments() {
        return Safetensors.read(folder.resolve(MOMENTS));
    }

    /** What the weights are held to; empty where they are not. */
    Map<String, Safetensors.Tensor> base() {
        return readIfThere(BASE);
    }

    /** The average where something else was published; empty where it is what was published. */
    Map<String, Safetensors.Tensor> averaged() {
        return readIfThere(AVERAGED);
    }

    private Map<String, Safetensors.Tensor> readIfThere(String name) {
        return Files.isRegularFile(folder.resolve(name)) ? Safetensors.read(folder.resolve(name)) : Map.of();
    }

    /**
     * How far training is.
     *
     * @param optimizer whose moments these are
     * @param steps of the lineage, whatever the optimizer
     */
    public record Progress(String optimizer, long steps) {}

    Progress progress() {
        try {
            JsonNode json = JSON.readTree(folder.resolve(OPTIMIZER).toFile());
            return new Progress(
                    json.path("optimizer").asText("an unnamed optimizer"),
                    json.path("steps").asLong());
        } catch (IOException e) {
            throw new UnsupportedModelException("training-state/" + OPTIMIZER + " cannot be read", e);
        }
    }

    /**
     * All that is in these files.
     *
     * @param base what the weights are held to; empty: they are not, and there is no file
     * @param averaged the average where something else is published; empty: there is no file
     */
    public record Content(
            Map<String, Safetensors.Tensor> trained,
            Progress progress,
            Map<String, Safetensors.Tensor> moments,
            Map<String, Safetensors.Tensor> base,
            Map<String, Safetensors.Tensor> averaged) {}

    public void write(Content content) {
        try {
            Files.createDirectories(folder);
            Safetensors.write(folder.resolve(TRAINED), content.trained());
            Safetensors.write(folder.resolve(MOMENTS), content.moments());
            writeIfAny(BASE, content.base());
            writeIfAny(AVERAGED, content.averaged());
            JSON.writeValue(folder.resolve(OPTIMIZER).toFile(), content.progress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeIfAny(String name, Map<String, Safetensors.Tensor> tensors) throws IOException {
        if (!tensors.isEmpty()) {
            Safetensors.write(folder.resolve(name), tensors);
        }
    }
}
