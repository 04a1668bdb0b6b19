package dev.millrace.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.evaluation.geometry.Alignment;
import dev.millrace.evaluation.geometry.Uniformity;
import dev.millrace.evaluation.graded.GradedFigures;
import dev.millrace.evaluation.probe.LinearProbe;
import dev.millrace.evaluation.probe.LinearProbe.Labelled;
import dev.millrace.evaluation.probe.ProbeFigures;
import dev.millrace.evaluation.retrieval.Placement;
import dev.millrace.evaluation.retrieval.Question;
import dev.millrace.evaluation.retrieval.Retrieval;
import dev.millrace.evaluation.retrieval.RetrievalFigures;
import dev.millrace.evaluation.vectors.Progress;
import dev.millrace.evaluation.vectors.VectorTable;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against scipy, scikit-learn and the formulas: evaluation.py writes the numbers. */
class GoldenFiguresTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static JsonNode golden;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream in = GoldenFiguresTest.class.getResourceAsStream("/golden/evaluation.json")) {
            golden = JSON.readTree(in);
        }
    }

    @Test
    void retrieval() {
        // Given
        JsonNode set = golden.path("retrieval");
        List<Question> questions = IntStream.range(0, set.path("queries").size())
                .mapToObj(i -> question(set.at("/grades/" + i), set.at("/own/" + i)))
                .toList();

        // When
        List<Placement> placements =
                Retrieval.of(questions, table(set.path("queries")), table(set.path("documents")), Progress.SILENT);

        // Then
        RetrievalFigures figures = RetrievalFigures.of(placements);
        assertThat(placements.stream().mapToInt(Placement::rank).toArray()).isEqualTo(integers(set.path("ranks")));
        assertThat(placements.stream().mapToDouble(Placement::ndcg).toArray())
                .containsExactly(doubles(set.path("ndcg")), offset(1e-5));
        assertThat(IntStream.rangeClosed(1, 5).mapToDouble(figures::hitAt).toArray())
                .containsExactly(doubles(set.path("hit@1..5")), offset(1e-9));
        assertThat(figures.noMatch()).isCloseTo(set.path("noMatch").asDouble(), offset(1e-9));
        assertThat(figures.mrr()).isCloseTo(set.path("mrr").asDouble(), offset(1e-5));
        assertThat(figures.ndcgAt10()).isCloseTo(set.path("ndcg@10").asDouble(), offset(1e-5));
    }

    @Test
    void gradedPairs() {
        // Given
        JsonNode set = golden.path("graded");

        // When
        GradedFigures figures =
                GradedFigures.of(table(set.path("left")), table(set.path("right")), doubles(set.path("labels")));

        // Then
        assertThat(figures.spearman().orElseThrow())
                .isCloseTo(set.path("spearman").asDouble(), offset(1e-5));
        assertThat(figures.pearson().orElseThrow())
                .isCloseTo(set.path("pearson").asDouble(), offset(1e-5));
    }

    @Test
    void alignmentAndUniformity() {
        // Given
        JsonNode set = golden.path("geometry");
        VectorTable texts = table(set.path("texts"));

        // When
        List<Double> figures = List.of(
                Alignment.of(texts, table(set.path("views"))).orElseThrow(),
                Uniformity.of(texts).orElseThrow(),
                Uniformity.meanCosine(texts).orElseThrow());

        // Then
        assertThat(figures.get(0)).isCloseTo(set.path("alignment").asDouble(), offset(1e-5));
        assertThat(figures.get(1)).isCloseTo(set.path("uniformity").asDouble(), offset(1e-5));
        assertThat(figures.get(2)).isCloseTo(set.path("meanCosine").asDouble(), offset(1e-5));
    }

    @Test
    void aProbe() {
        // Given
        JsonNode set = golden.path("probe");
        Labelled train = new Labelled(table(set.path("train")), integers(set.path("trainLabels")));
        Labelled test = new Labelled(table(set.path("test")), integers(set.path("testLabels")));

        // When
        ProbeFigures apart = LinearProbe.of(train, test, 4);
        ProbeFigures crossed = LinearProbe.crossValidated(train, integers(set.path("parts")), 5, 4);

        // Then
        assertThat(apart.accuracy()).isCloseTo(set.path("accuracy").asDouble(), offset(1e-9));
        assertThat(apart.macroF1()).isCloseTo(set.path("macroF1").asDouble(), offset(1e-9));
        assertThat(crossed.accuracy()).isCloseTo(set.path("crossedAccuracy").asDouble(), offset(1e-9));
        assertThat(crossed.macroF1()).isCloseTo(set.path("crossedMacroF1").asDouble(), offset(1e-9));
    }

    private static Question question(JsonNode grades, JsonNode own) {
        Map<Integer, Float> judged = new HashMap<>();
        grades.properties()
                .forEach(entry -> judged.put(
                        Integer.valueOf(entry.getKey()), entry.getValue().floatValue()));
        Set<Integer> repeats = new HashSet<>();
        own.forEach(document -> repeats.add(document.asInt()));
        return Question.of(judged, repeats);
    }

    private static VectorTable table(JsonNode rows) {
        return VectorTable.of(JSON.convertValue(rows, float[][].class));
    }

    private static double[] doubles(JsonNode numbers) {
        return JSON.convertValue(numbers, double[].class);
    }

    private static int[] integers(JsonNode numbers) {
        return JSON.convertValue(numbers, int[].class);
    }
}
