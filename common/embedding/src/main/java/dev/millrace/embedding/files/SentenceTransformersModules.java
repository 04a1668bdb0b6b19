package dev.millrace.embedding.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.embedding.model.UnsupportedModelException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
    private static final String STATIC = "StaticEmbedding";
    private static final String DENSE = "Dense";
    private static final String NORMALIZE = "Normalize";
    private static final String ORDER = "Transformer, " + LAYERS
            + " or not, Pooling, any number of Dense, and Normalize, in this order; or, for the first"
            + " three, StaticEmbedding";
    private static final System.Logger LOG = System.getLogger(SentenceTransformersModules.class.getName());

    static SentenceTransformersModules read(Path folder) {
        return new SentenceTransformersModules(folder, ModelFolder.json(folder, FILE));
    }

    /** Refuses what is not computed here. */
    void require() {
        if (json.isMissingNode()) {
            return;
        }
        int next = poolingPlace() + 1 + dense().size();
        if (!isStatic()) {
            requireTransformer();
        }
        boolean normalizes = isA(next, NORMALIZE);
        if (json.size() > next) {
            next = requireA(next, NORMALIZE);
        }
        if (json.size() > next) {
            throw UnsupportedModelException.value(FILE, next + ".type", type(next), ORDER);
        }
        if (!normalizes) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: Normalize is missing, so sentence-transformers gives vectors of other lengths; here all have norm 1",
                    FILE);
        }
    }

    private void requireTransformer() {
        requireA(0, "Transformer");
        requireA(poolingPlace(), "Pooling");
        if (!path(0).isEmpty()) {
            throw UnsupportedModelException.value(FILE, "0.path", path(0), "\"\", the folder itself");
        }
    }

    /** The place after it. */
    private int requireA(int index, String type) {
        if (!isA(index, type)) {
            throw UnsupportedModelException.value(FILE, index + ".type", type(index), ORDER);
        }
        return index + 1;
    }

    /** Whether a StaticEmbedding takes the place of Transformer and Pooling. */
    boolean isStatic() {
        return isA(0, STATIC);
    }

    /** The folder of weights and tokenizer: a StaticEmbedding may have one of its own. */
    Path encoder() {
        return isStatic() ? folder.resolve(inFolder(path(0))) : folder;
    }

    /** The same with the encoder's files in the model's own folder. */
    JsonNode flat() {
        JsonNode copy = json.deepCopy();
        ((ObjectNode) copy.path(0)).put("path", "");
        return copy;
    }

    private boolean averagesLayers() {
        return isA(1, LAYERS);
    }

    private boolean isA(int index, String type) {
        return type(index).matches("sentence_transformers\\.(\\w+\\.)*" + type);
    }

    private String type(int index) {
        return json.path(index).path("type").asText("");
    }

    private String path(int index) {
        return json.path(index).path("path").asText();
    }

    /** The folder of the module that averages layers before they are pooled, where there is one. */
    Optional<Path> layers() {
        return averagesLayers() ? Optional.of(inFolder(path(1))) : Optional.empty();
    }

    /** The folders of the modules behind the pooling, one after the other, that a text's vector goes through. */
    List<Path> dense() {
        int first = poolingPlace() + 1;
        return IntStream.iterate(first, place -> isA(place, DENSE), place -> place + 1)
                .mapToObj(place -> inFolder(path(place)))
                .toList();
    }

    /** Of a StaticEmbedding its own. */
    private int poolingPlace() {
        if (isStatic()) {
            return 0;
        }
        return averagesLayers() ? 2 : 1;
    }

    /** The settings of the pooling: empty where there are no modules and no such file, and where there is nothing to be said. */
    Optional<String> pooling() {
        if (isStatic()) {
            return Optional.empty();
        }
        if (json.isMissingNode()) {
            return Optional.of(LEGACY_POOLING)
                    .filter(file -> !ModelFolder.json(folder, file).isMissingNode());
        }
        String file = inFolder(path(poolingPlace())).resolve("config.json").toString();
        if (ModelFolder.json(folder, file).isMissingNode()) {
            throw new UnsupportedModelException(file + " is missing, which " + FILE + " names");
        }
        return Optional.of(file);
    }

    /** What belongs to the modules behind the first: by modules.json under any path in the folder, without it where it always did. */
    List<String> files() {
        if (json.isMissingNode()) {
            return List.of(LEGACY_POOLING);
        }
        return IntStream.range(1, json.size())
                .mapToObj(this::path)
                .filter(path -> !path.isEmpty())
                .flatMap(path -> Stream.of("config.json", WeightFiles.ONE).map(inFolder(path)::resolve))
                .map(Path::toString)
                .toList();
    }

    private static Path inFolder(String path) {
        Path normal = Path.of(path).normalize();
        if (normal.isAbsolute() || normal.startsWith("..")) {
            throw UnsupportedModelException.value(FILE, "path", path, "a path in the model folder");
        }
        return normal;
    }
}
