package dev.millrace.embedding.files;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedding.model.UnsupportedModelException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What sentence-transformers puts a text through, one module after the other ({@code modules.json}).
 *
 * @param folder the model's
 * @param json the file's content, missing where there is none
 */
record SentenceTransformersModules(Path folder, JsonNode json) {
    private static final String FILE = "modules.json";
    private static final String LEGACY_POOLING = "1_Pooling/config.json";
    private static final String LAYERS = "WeightedLayerPooling";
    private static final List<String> SUPPORTED = List.of("Transformer", "Pooling", "Normalize");
    private static final String ORDER = "Transformer, " + LAYERS + " or not, Pooling and Normalize, in this order";
    private static final System.Logger LOG = System.getLogger(SentenceTransformersModules.class.getName());

    static SentenceTransformersModules read(Path folder) {
        return new SentenceTransformersModules(folder, ModelFolder.json(folder, FILE));
    }

    /** Refuses what is not computed here. */
    void require() {
        if (json.isMissingNode()) {
            return;
        }
        int skipped = averagesLayers() ? 1 : 0;
        for (int i = 0; i < Math.max(json.size() - skipped, 2); i++) {
            int index = i == 0 ? i : i + skipped;
            if (i >= SUPPORTED.size() || !isA(index, SUPPORTED.get(i))) {
                throw UnsupportedModelException.value(
                        FILE, index + ".type", json.path(index).path("type").asText(""), ORDER);
            }
        }
        if (!path(0).isEmpty()) {
            throw UnsupportedModelException.value(FILE, "0.path", path(0), "\"\", the folder itself");
        }
        if (json.size() - skipped < SUPPORTED.size()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: Normalize is missing, so sentence-transformers gives vectors of other lengths; here all have norm 1",
                    FILE);
        }
    }

    private boolean averagesLayers() {
        return isA(1, LAYERS);
    }

    private boolean isA(int index, String type) {
        return json.path(index).path("type").asText("").matches("sentence_transformers\\.(\\w+\\.)*" + type);
    }

    private String path(int index) {
        return json.path(index).path("path").asText();
    }

    /** The folder of the module that averages layers before they are pooled, where there is one. */
    Optional<Path> layers() {
        return averagesLayers() ? Optional.of(inFolder(path(1))) : Optional.empty();
    }

    /** The settings of the pooling: empty where there are no modules and no such file. */
    Optional<String> pooling() {
        if (json.isMissingNode()) {
            return Optional.of(LEGACY_POOLING)
                    .filter(file -> !ModelFolder.json(folder, file).isMissingNode());
        }
        String file =
                inFolder(path(averagesLayers() ? 2 : 1)).resolve("config.json").toString();
        if (ModelFolder.json(folder, file).isMissingNode()) {
            throw new UnsupportedModelException(file + " is missing, which " + FILE + " names");
        }
        return Optional.of(file);
    }

    /** What belongs to the modules: by modules.json under any path in the folder, without it where it always did. */
    List<String> files() {
        if (json.isMissingNode()) {
            return List.of(LEGACY_POOLING);
        }
        Stream<Path> settings = json.findValuesAsText("path").stream()
                .filter(path -> !path.isEmpty())
                .map(path -> inFolder(path).resolve("config.json"));
        Stream<Path> weights = layers().stream().map(path -> path.resolve(WeightedLayers.WEIGHTS));
        return Stream.concat(settings, weights).map(Path::toString).toList();
    }

    private static Path inFolder(String path) {
        Path normal = Path.of(path).normalize();
        if (normal.isAbsolute() || normal.startsWith("..")) {
            throw UnsupportedModelException.value(FILE, "path", path, "a path in the model folder");
        }
        return normal;
    }
}
