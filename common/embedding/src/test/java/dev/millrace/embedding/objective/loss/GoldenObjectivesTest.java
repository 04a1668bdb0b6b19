package dev.millrace.embedding.objective.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedding.objective.batch.GradedPair;
import dev.millrace.embedding.objective.batch.KeyQueue;
import dev.millrace.embedding.objective.batch.Momentum;
import dev.millrace.embedding.objective.batch.Roles;
import dev.millrace.embedding.objective.batch.Row;
import dev.millrace.embedding.objective.batch.Side;
import dev.millrace.embedding.objective.batch.Teacher;
import dev.millrace.embedding.objective.batch.TrainingBatch;
import dev.millrace.embedding.objective.graded.Angle;
import dev.millrace.embedding.objective.graded.Classify;
import dev.millrace.embedding.objective.graded.CoSent;
import dev.millrace.embedding.objective.inbatch.AmSoftmax;
import dev.millrace.embedding.objective.inbatch.Clip;
import dev.millrace.embedding.objective.inbatch.FlatNce;
import dev.millrace.embedding.objective.inbatch.ImplicitFeatureModification;
import dev.millrace.embedding.objective.inbatch.InfoNce;
import dev.millrace.embedding.objective.inbatch.MultiClassNPair;
import dev.millrace.embedding.objective.inbatch.NoiseContrastive;
import dev.millrace.embedding.objective.inbatch.RDrop;
import dev.millrace.embedding.objective.inbatch.SimCse;
import dev.millrace.embedding.objective.inbatch.SupervisedContrastive;
import dev.millrace.embedding.objective.margin.Contrastive;
import dev.millrace.embedding.objective.margin.Triplet;
import dev.millrace.embedding.objective.margin.Triplet.Negative;
import dev.millrace.embedding.objective.momentum.MomentumContrast;
import dev.millrace.embedding.objective.momentum.QueuedNegatives;
import dev.millrace.embedding.objective.teacher.DistilledRows;
import dev.millrace.embedding.objective.teacher.DistilledVectors;
import dev.millrace.embedding.text.Tokens;
import dev.millrace.embedding.torch.TorchModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Value and gradient of every objective, whole and tile by tile, against numbers that direct transcriptions of the formulas
 * gave in PyTorch, and sentence-transformers where it has the loss: {@code golden/objectives.py}.
 */
class GoldenObjectivesTest {
    private static final JsonNode GOLDEN = golden();
    private static final int ONE_ROW = 1;
    private static final int ALL_ROWS = 10_000;

    static Stream<Arguments> objectives() {
        return named().flatMap(each ->
                Stream.of(ONE_ROW, ALL_ROWS).map(cells -> Arguments.of(each.get()[0], each.get()[1], cells)));
    }

    /** Each with its name among the golden ones. */
    static Stream<Arguments> named() {
        Objective infoNce = new InfoNce(.05);
        return Map.ofEntries(
                        Map.entry("info-nce", infoNce),
                        Map.entry("info-nce both", new InfoNce(.05, 0, List.of(Side.ANCHORS, Side.POSITIVES))),
                        Map.entry("info-nce hard", new InfoNce(.05, .9, List.of(Side.ANCHORS))),
                        Map.entry("nt-xent", new InfoNce(.1, 0, List.of(Side.ALL))),
                        Map.entry("gist", infoNce),
                        Map.entry("am-softmax", new AmSoftmax(.05, .1)),
                        Map.entry("ifm", new ImplicitFeatureModification(.05, .1)),
                        Map.entry("clip", new Clip()),
                        Map.entry("simcse", new SimCse(.05)),
                        Map.entry("flat-nce", new FlatNce(.05)),
                        Map.entry("supcon", new SupervisedContrastive(.05)),
                        Map.entry("nce", new NoiseContrastive(.05)),
                        Map.entry("moco", new MomentumContrast(.07, 4)),
                        Map.entry("esimcse", new QueuedNegatives(.05, 1)),
                        Map.entry("n-pair", new MultiClassNPair()),
                        Map.entry("r-drop", new RDrop(.05)),
                        Map.entry("triplet own", new Triplet(.2, Negative.OWN)),
                        Map.entry("triplet hardest", new Triplet(.2, Negative.HARDEST)),
                        Map.entry("triplet semi-hard", new Triplet(.2, Negative.SEMI_HARD)),
                        Map.entry("contrastive", new Contrastive(.5)),
                        Map.entry("classify", new Classify(3)),
                        Map.entry("cosent", new CoSent(20)),
                        Map.entry("angle", new Angle(20)),
                        Map.entry("distill-vectors", new DistilledVectors()),
                        Map.entry("distill-rows", new DistilledRows(.05)),
                        Map.entry("matryoshka", new Matryoshka(infoNce, List.of(8, 4, 2))),
                        Map.entry("sum", new Sum(List.of(new Sum.Part(1, infoNce), new Sum.Part(.5, new CoSent(20))))))
                .entrySet()
                .stream()
                .map(each -> Arguments.of(each.getKey(), each.getValue()));
    }

    @ParameterizedTest(name = "{0}, {2} cells at once")
    @MethodSource("objectives")
    void valueAndGradientEqualThoseOfTheFormula(String name, Objective objective, int cells) {
        // Given
        JsonNode expected = GOLDEN.path("objectives").path(name);
        try (PtNDManager manager = TorchModule.manager("cpu", 1)) {
            PtNDArray vectors = leaf(manager, objective.views());
            Map<String, NDArray> parameters = parameters(manager, name);

            // When
            OptionalDouble loss = new Losses(objective, cells).backward(manager, batch(name), vectors, parameters);

            // Then
            assertThat(loss).hasValueCloseTo(expected.path("value").asDouble(), within(1e-5));
            assertGradient(vectors, flat(matrix(expected.path("gradient"))));
            parameters.forEach((parameter, leaf) -> assertGradient(
                    leaf, numbers(expected.path("parameters").path(parameter).path("gradient"))));
        }
    }

    private static void assertGradient(NDArray leaf, float[] wanted) {
        float[] gradient = leaf.getGradient().toFloatArray();
        assertThat(gradient).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.length; i++) {
            assertThat(gradient[i]).as("number %d", i).isCloseTo(wanted[i], within(1e-5f * scale(wanted)));
        }
    }

    /** A golden objective's own, as leaves. */
    static Map<String, NDArray> parameters(PtNDManager manager, String name) {
        Map<String, NDArray> parameters = new HashMap<>();
        GOLDEN.path("objectives")
                .path(name)
                .path("parameters")
                .properties()
                .forEach(each -> parameters.put(each.getKey(), parameter(manager, each.getValue())));
        return parameters;
    }

    private static NDArray parameter(PtNDManager manager, JsonNode golden) {
        NDArray leaf = manager.create(numbers(golden.path("values")), new Shape(longs(golden.path("shape"))));
        leaf.setRequiresGradient(true);
        return leaf;
    }

    private static float[] numbers(JsonNode golden) {
        return new ObjectMapper().convertValue(golden, float[].class);
    }

    @Test
    void everyGoldenObjectiveIsTested() {
        Set<String> golden = new HashSet<>();
        GOLDEN.path("objectives").fieldNames().forEachRemaining(golden::add);
        assertThat(named().map(each -> (String) each.get()[0])).hasSameElementsAs(golden);
    }

    /** In fp32 log(1 + tiny) is 0, and so is the gradient of what is as good as solved. */
    @Test
    void flatNceLearnsWhereInfoNceHasNoGradientLeft() {
        // Given an anchor on its positive, and a negative at a right angle
        Row row = new Row(0, 1, BitSet.valueOf(new long[] {0b110}), 1);
        TrainingBatch batch = TrainingBatch.ofRows(texts(3), List.of(row));
        float[][] solved = {{1, 0}, {1, 0}, {0, 1}};
        try (PtNDManager manager = TorchModule.manager("cpu", 1)) {
            PtNDArray flat = leaf(manager, solved);
            PtNDArray plain = leaf(manager, solved);

            // When
            new Losses(new FlatNce(.05)).backward(manager, batch, flat, Map.of());
            new Losses(new InfoNce(.05)).backward(manager, batch, plain, Map.of());

            // Then
            assertThat(flat.getGradient().norm().getFloat()).isGreaterThan(1);
            assertThat(plain.getGradient().norm().getFloat()).isLessThan(1e-6f);
        }
    }

    @Test
    void aBatchThatIsOfNoUseToAnObjectiveHasNoLoss() {
        // Given
        Row row = new Row(0, 1, BitSet.valueOf(new long[] {0b110}), 1);
        TrainingBatch unlabeled = TrainingBatch.ofRows(texts(3), List.of(row));
        try (PtNDManager manager = TorchModule.manager("cpu", 1)) {
            PtNDArray vectors = leaf(manager, new float[][] {{1, 0}, {1, 0}, {0, 1}});

            // When
            OptionalDouble graded = new Losses(new CoSent(20)).backward(manager, unlabeled, vectors, Map.of());
            OptionalDouble taught = new Losses(new DistilledRows(.05)).backward(manager, unlabeled, vectors, Map.of());

            // Then
            assertThat(graded).isEmpty();
            assertThat(taught).isEmpty();
        }
    }

    private static float scale(float[] gradient) {
        float largest = 1;
        for (float number : gradient) {
            largest = Math.max(largest, Math.abs(number));
        }
        return largest;
    }

    static TrainingBatch batch(String name) {
        Optional<Teacher> teacher =
                switch (name) {
                    case "gist" -> Optional.of(new Teacher(matrix(GOLDEN.path("teacher")), OptionalDouble.of(.1)));
                    case "distill-rows" -> Optional.of(new Teacher(matrix(GOLDEN.path("teacher"))));
                    case "distill-vectors" -> Optional.of(new Teacher(matrix(GOLDEN.path("sameTeacher"))));
                    default -> Optional.empty();
                };
        Map<Side, List<Row>> rows = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            List<Row> ofSide = new ArrayList<>();
            GOLDEN.path("rows").path(side.name()).forEach(row -> ofSide.add(row(row)));
            rows.put(side, ofSide);
        }
        List<GradedPair> graded = new ArrayList<>();
        GOLDEN.path("graded")
                .forEach(pair -> graded.add(new GradedPair(
                        pair.path("first").asInt(),
                        pair.path("second").asInt(),
                        pair.path("label").asDouble(),
                        pair.path("weight").asDouble())));
        Roles roles =
                new Roles(rows, graded, text -> longs(GOLDEN.path("identities").path(text)));
        return new TrainingBatch(texts(GOLDEN.path("teacher").size()), roles, teacher).with(momentum());
    }

    private static Momentum momentum() {
        List<KeyQueue.Key> queue = new ArrayList<>();
        GOLDEN.path("queue")
                .forEach(
                        key -> queue.add(new KeyQueue.Key(numbers(key.path("vector")), longs(key.path("identities")))));
        return new Momentum(matrix(GOLDEN.path("keys")), new KeyQueue(queue));
    }

    private static long[] longs(JsonNode golden) {
        return new ObjectMapper().convertValue(golden, long[].class);
    }

    private static Row row(JsonNode row) {
        return new Row(
                row.path("text").asInt(),
                row.path("positive").asInt(),
                row.path("weight").asDouble(),
                () -> bits(row.path("candidates")),
                () -> bits(row.path("kin")),
                () -> bits(row.path("own")));
    }

    private static BitSet bits(JsonNode texts) {
        BitSet bits = new BitSet();
        texts.forEach(text -> bits.set(text.asInt()));
        return bits;
    }

    private static List<Tokens> texts(int count) {
        return Collections.nCopies(count, new Tokens(new int[] {1}, false));
    }

    static PtNDArray leaf(PtNDManager manager, int views) {
        float[][] all = matrix(GOLDEN.path("vectors"));
        return leaf(manager, Arrays.copyOf(all, all.length / 2 * views));
    }

    private static PtNDArray leaf(PtNDManager manager, float[][] vectors) {
        PtNDArray leaf = (PtNDArray) manager.create(flat(vectors), new Shape(vectors.length, vectors[0].length));
        leaf.setRequiresGradient(true);
        return leaf;
    }

    private static float[] flat(float[][] rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = rows[i / rows[0].length][i % rows[0].length];
        }
        return flat;
    }

    private static float[][] matrix(JsonNode rows) {
        return new ObjectMapper().convertValue(rows, float[][].class);
    }

    private static JsonNode golden() {
        try (InputStream file = GoldenObjectivesTest.class.getResourceAsStream("/golden/objectives.json")) {
            return new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
