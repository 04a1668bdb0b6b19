package dev.millrace.embedding.files;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedding.model.UnsupportedModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The files that hold a folder's weights: one, or those among which {@code model.safetensors.index.json} divides them. */
final class WeightFiles {
    /** What every folder that is written has, and the first that is looked for, as transformers does. */
    static final String ONE = "model.safetensors";

    private static final String INDEX = ONE + ".index.json";
    private static final String PLACES = "weight_map";
    private static final List<String> OTHERS =
            List.of("pytorch_model.bin", "pytorch_model.bin.index.json", "model.onnx", "tf_model.h5");

    private WeightFiles() {}

    /**
     * Refuses a folder whose weights are not all there, or in files of another kind.
     *
     * @throws UnsupportedModelException naming the file
     */
    static void require(Path folder) {
        for (String file : names(folder)) {
            if (!Files.isRegularFile(folder.resolve(file))) {
                throw new UnsupportedModelException(file + " is missing in the model folder " + folder
                        + (file.equals(ONE) ? "" : ": " + INDEX + " names it in " + PLACES));
            }
        }
    }

    /** Whether one file holds them all. */
    static boolean isOne(Path folder) {
        return Files.isRegularFile(folder.resolve(ONE));
    }

    /** All tensors, whichever of the files they are in. */
    static Map<String, Safetensors.Tensor> read(Path folder) {
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
        names(folder).forEach(file -> tensors.putAll(Safetensors.read(folder.resolve(file))));
        return tensors;
    }

    private static Iterable<String> names(Path folder) {
        JsonNode index = ModelFolder.json(folder, INDEX);
        if (isOne(folder) || index.isMissingNode()) {
            refuseOthers(folder);
            return List.of(ONE);
        }
        TreeSet<String> files = new TreeSet<>();
        index.path(PLACES).forEach(file -> files.add(file.asText()));
        for (String file : files) {
            if (!file.matches("[\\w.-]+\\.safetensors")) {
                throw UnsupportedModelException.value(INDEX, PLACES, file, "names of safetensors files beside it");
            }
        }
        if (files.isEmpty()) {
            throw new UnsupportedModelException(INDEX + ": " + PLACES + " names no file");
        }
        return files;
    }

    private static void refuseOthers(Path folder) {
        OTHERS.stream()
                .filter(file -> !isOne(folder) && Files.isRegularFile(folder.resolve(file)))
                .findFirst()
                .ifPresent(file -> {
                    throw new UnsupportedModelException(file + " is not read; supported: " + ONE + ", or several with "
                            + INDEX + ", as save_pretrained of transformers writes them");
                });
    }
}
