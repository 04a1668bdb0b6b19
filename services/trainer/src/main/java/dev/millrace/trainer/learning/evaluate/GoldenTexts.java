package dev.millrace.trainer.learning.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.embedding.model.InputType;
import dev.millrace.evaluation.geometry.Uniformity;
import dev.millrace.evaluation.vectors.VectorTable;
import dev.millrace.trainer.learning.vectors.Vectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Texts of a lineage and the vectors that one version has for them, by which drift is measured: how far a new version's
 * vectors lie from those in the indexes of its users. Every version is published with texts of which one may be new, but
 * only with vectors of its own; so whatever is served, drift is measured on texts that it has seen itself.
 *
 * @param vectors unit vectors, one for each text
 */
public record GoldenTexts(List<String> texts, List<float[]> vectors) {
    public static final GoldenTexts NONE = new GoldenTexts(List.of(), List.of());

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Its file in the folder of a version. */
    public static final String FILE = "golden.json";

    private static final int COUNT = 32;

    /** Of a single number: at a cosine of .9999, which bf16 keeps, no number is further off than .0142. */
    private static final double TOLERANCE = 0.015;

    /** The first {@value COUNT} different ones of {@code texts}. */
    public static GoldenTexts first(List<String> texts, Vectors vectors) {
        List<String> chosen = texts.stream().distinct().limit(COUNT).toList();
        return new GoldenTexts(chosen, encoded(chosen, vectors));
    }

    /** With one more text as {@code version} sees it, which sees these; of {@value COUNT} the one that came first leaves. */
    public GoldenTexts with(String text, Vectors version) {
        if (texts.contains(text)) {
            return this;
        }
        int left = texts.size() < COUNT ? 0 : 1;
        List<String> changed = new ArrayList<>(texts.subList(left, texts.size()));
        List<float[]> seen = new ArrayList<>(vectors.subList(left, vectors.size()));
        changed.add(text);
        seen.addAll(encoded(List.of(text), version));
        return new GoldenTexts(changed, seen);
    }

    /** The same texts, as another version sees them. */
    public GoldenTexts seenBy(Vectors version) {
        return new GoldenTexts(texts, encoded(texts, version));
    }

    /** One minus the mean cosine of the vectors here and there: 0 when nothing moved, at most 2; 0 without texts. */
    public double drift(GoldenTexts there) {
        return IntStream.range(0, texts.size())
                .mapToDouble(i -> 1 - Vectors.similarity(vectors.get(i), there.vectors.get(i)))
                .average()
                .orElse(0);
    }

    /** Of every two of the vectors: 1 where they are all the same. Empty for fewer than two. */
    public OptionalDouble meanCosine() {
        return Uniformity.meanCosine(VectorTable.of(vectors.toArray(float[][]::new)));
    }

    /** So that an encoder can see that it computes what the trainer did, though it may do so in another precision. */
    public void writeForEncoders(Path version) {
        if (texts.isEmpty()) {
            return;
        }
        ObjectNode golden = JSON.valueToTree(this);
        try {
            JSON.writeValue(version.resolve(FILE).toFile(), golden.put("tolerance", TOLERANCE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads them from the folder of a version, or of its training state; {@link #NONE} where there is no such file. */
    public static GoldenTexts read(Path folder) {
        if (!Files.exists(folder.resolve(FILE))) {
            return NONE;
        }
        try {
            JsonNode golden = JSON.readTree(folder.resolve(FILE).toFile());
            return new GoldenTexts(
                    List.of(JSON.convertValue(golden.path("texts"), String[].class)),
                    List.of(JSON.convertValue(golden.path("vectors"), float[][].class)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<float[]> encoded(List<String> texts, Vectors vectors) {
        return Arrays.asList(vectors.of(InputType.UNSAID, texts));
    }
}
