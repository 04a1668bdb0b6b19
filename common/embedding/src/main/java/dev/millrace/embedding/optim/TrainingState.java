package dev.millrace.embedding.optim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedding.files.Safetensors;
import dev.millrace.embedding.files.Safetensors.Stored;
import dev.millrace.embedding.files.Safetensors.Tensor;
import dev.millrace.embedding.model.UnsupportedModelException;
import dev.millrace.embedding.optim.compact.SavedNumbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files beside a published model from which training goes on: trained weights, the optimizer's moments, how far it is. The
 * numbers are there as they are, or in {@linkplain dev.millrace.embedding.optim.compact codes}.
 */
public record TrainingState(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRAINED = "trained.safetensors";
    private static final String MOMENTS = "moments.safetensors";
    private static final String BASE = "base.safetensors";
    private static final String AVERAGED = "averaged.safetensors";
    private static final String AVERAGED_LOW = "averaged-low.safetensors";
    private static final String OPTIMIZER = "optimizer.json";

    public boolean exists() {
        return Files.isRegularFile(folder.resolve(OPTIMIZER));
    }

    /** The weights that learn; in codes as how far they are from their average. */
    SavedNumbers trained() {
        return SavedNumbers.read(folder.resolve(TRAINED));
    }

    /** The trained weights that are there as they are, an objective's own in any case. */
    public Map<String, Tensor> exact() {
        Map<String, Tensor> exact = new LinkedHashMap<>();
        trained().stored().forEach((name, stored) -> {
            if (stored.type().equals("F32")) {
                exact.put(name, stored.weight(name));
            }
        });
        return exact;
    }

    SavedNumbers moments() {
        return SavedNumbers.read(folder.resolve(MOMENTS));
    }

    /** What the weights are held to; empty where they are not. */
    SavedNumbers base() {
        return SavedNumbers.read(folder.resolve(BASE));
    }

    /** The average where something else was published; empty where it is what was published. */
    SavedNumbers averaged() {
        return SavedNumbers.read(folder.resolve(AVERAGED));
    }

    /** What of the average is not in that or in what was published; empty where nothing is left out. */
    SavedNumbers averagedLow() {
        return SavedNumbers.read(folder.resolve(AVERAGED_LOW));
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
     * All that is in these files, with all numbers as they are.
     *
     * @param base what the weights are held to; empty: they are not, and there is no file
     * @param averaged the average where something else is published; empty: there is no file
     */
    public record Content(
            Map<String, Tensor> trained,
            Progress progress,
            Map<String, Tensor> moments,
            Map<String, Tensor> base,
            Map<String, Tensor> averaged) {

        /** The same, to be written. */
        public Parts parts() {
            return new Parts(
                    progress,
                    Safetensors.stored(trained),
                    Safetensors.stored(moments),
                    Safetensors.stored(base),
                    Safetensors.stored(averaged),
                    Map.of());
        }
    }

    /**
     * All that is in these files, as they have it.
     *
     * @param base as of {@link Content}
     * @param averaged as of {@link Content}
     * @param averagedLow what of the average is neither there nor published; empty: there is no file
     */
    public record Parts(
            Progress progress,
            Map<String, Stored> trained,
            Map<String, Stored> moments,
            Map<String, Stored> base,
            Map<String, Stored> averaged,
            Map<String, Stored> averagedLow) {}

    public void write(Parts content) {
        try {
            Files.createDirectories(folder);
            Safetensors.writeStored(folder.resolve(TRAINED), content.trained());
            Safetensors.writeStored(folder.resolve(MOMENTS), content.moments());
            writeIfAny(BASE, content.base());
            writeIfAny(AVERAGED, content.averaged());
            writeIfAny(AVERAGED_LOW, content.averagedLow());
            JSON.writeValue(folder.resolve(OPTIMIZER).toFile(), content.progress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeIfAny(String name, Map<String, Stored> tensors) throws IOException {
        if (!tensors.isEmpty()) {
            Safetensors.writeStored(folder.resolve(name), tensors);
        }
    }
}
