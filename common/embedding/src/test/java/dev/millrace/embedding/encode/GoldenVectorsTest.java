package dev.millrace.embedding.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.files.Models;
import dev.millrace.embedding.network.EncoderOptions;
import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.network.Route;
import dev.millrace.embedding.text.TextTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldenVectorsTest {

    @ParameterizedTest
    @CsvSource({
        "minilm, FP32, LIBTORCH, 1e-5",
        "minilm, BF16, LIBTORCH, 0.02",
        "bge-zh, FP32, LIBTORCH, 1e-5",
        "bge-zh, BF16, LIBTORCH, 0.02",
        "minilm, FP32, KERNELS, 1e-5",
        "minilm, BF16, KERNELS, 0.005",
        "bge-zh, FP32, KERNELS, 1e-5",
        "bge-zh, BF16, KERNELS, 0.005",
        "minilm, INT8, KERNELS, 0.02",
        "bge-zh, INT8, KERNELS, 0.02"
    })
    void vectorsEqualThoseOfSentenceTransformers(
            String name, Precision precision, Route.Engine engine, double tolerance) throws IOException {
        // Given
        assumeThat(Encoder.impediment(precision, "cpu")).isEmpty();
        JsonNode golden = new ObjectMapper().readTree(getClass().getResourceAsStream("/golden/" + name + ".json"));
        List<String> texts = new ArrayList<>();
        golden.path("texts").forEach(text -> texts.add(text.asText()));
        Path folder = name.equals("minilm") ? Models.miniLm() : Models.bgeSmallChinese();

        // When
        float[][] vectors;
        try (TextTokenizer tokenizer = TextTokenizer.load(folder);
                Encoder encoder = Encoder.load(
                        ModelFolder.read(folder),
                        EncoderOptions.cpu(2).with(precision).with(engine))) {
            vectors = encoder.encode(tokenizer.tokenize(texts));
        }

        // Then
        assertThat(golden.path("vectors")).hasSameSizeAs(texts).hasSize(9);
        for (int i = 0; i < vectors.length; i++) {
            double cosine = 0;
            for (int j = 0; j < vectors[i].length; j++) {
                double expected = golden.path("vectors").path(i).path(j).asDouble();
                assertThat((double) vectors[i][j])
                        .as("text %d, value %d", i, j)
                        .isBetween(expected - tolerance, expected + tolerance);
                cosine += vectors[i][j] * expected;
            }
            assertThat(cosine).as("cosine of text %d", i).isGreaterThan(precision == Precision.INT8 ? 0.995 : 0.9999);
        }
    }
}
