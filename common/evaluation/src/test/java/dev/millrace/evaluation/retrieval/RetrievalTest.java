package dev.millrace.evaluation.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.data.Offset.offset;

import dev.millrace.evaluation.vectors.NonFiniteVectorException;
import dev.millrace.evaluation.vectors.Progress;
import dev.millrace.evaluation.vectors.VectorTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RetrievalTest {
    @Test
    void theOrderIsThatOfAPlainSort() {
        // Given more documents than a block, in a number of dimensions that nothing divides
        Random random = new Random(3);
        float[][] documents = vectors(random, 9001, 13);
        float[][] queries = vectors(random, 70, 13);
        List<Question> questions = IntStream.range(0, 70)
                .mapToObj(i -> right(i * 128, (i * 53) % 9001))
                .toList();

        // When
        List<Placement> placements =
                Retrieval.of(questions, VectorTable.of(queries), VectorTable.of(documents), Progress.SILENT);

        // Then
        assertThat(placements.stream().map(Placement::rank).toList())
                .isEqualTo(IntStream.range(0, 70)
                        .mapToObj(i -> plainRank(questions.get(i), queries[i], documents))
                        .toList());
    }

    @Test
    void whatDoesNotAnswerGoesBeforeWhatDoesAndIsAsSimilar() {
        // Given an encoder that tells nothing apart
        float[][] same = new float[12][];
        java.util.Arrays.fill(same, new float[] {1, 2});

        // When
        List<Placement> placements = Retrieval.of(
                List.of(right(0)), VectorTable.of(new float[][] {{1, 2}}), VectorTable.of(same), Progress.SILENT);

        // Then
        assertThat(placements).containsExactly(new Placement(12, 0, Math.log1p(10)));
    }

    @Test
    void aRepeatOfTheQueryIsNeitherAnAnswerNorInTheWay() {
        // Given the query's own text nearest, judged right by mistake, and the answer behind it
        float[][] documents = {{1, 0}, {0.9f, 0.1f}, {0, 1}};

        // When
        List<Placement> placements = Retrieval.of(
                List.of(Question.of(Map.of(0, 1f, 1, 1f), Set.of(0))),
                VectorTable.of(new float[][] {{1, 0}}),
                VectorTable.of(documents),
                Progress.SILENT);

        // Then
        assertThat(placements).extracting(Placement::rank, Placement::ndcg).containsExactly(tuple(1, 1.0));
    }

    @Test
    void surpriseIsInfoNceOfTheNearestAnswerAgainstTheNearestWrongOnes() {
        // Given two answers at cosines 1 and .96, wrong ones at .8 and 0: log(1 + e^((.8 - 1) / .05) + e^((0 - 1) /
        // .05))
        float[][] documents = {{0.96f, 0.28f}, {0.8f, 0.6f}, {1, 0}, {0, 1}};

        // When
        List<Placement> placements = Retrieval.of(
                List.of(Question.of(Map.of(0, 1f, 2, 1f), Set.of())),
                VectorTable.of(new float[][] {{2, 0}}),
                VectorTable.of(documents),
                Progress.SILENT);

        // Then
        assertThat(placements.get(0).surprise()).isCloseTo(0.01814993, offset(1e-6));
    }

    @Test
    void theBetterAnswerBehindTheLesserCostsGain() {
        // Given grades 1 and 3 at the first two places: (1/1 + 3/log2(3)) / (3/1 + 1/log2(3))
        float[][] documents = {{1, 0}, {0.9f, 0.1f}, {0, 1}};

        // When
        List<Placement> placements = Retrieval.of(
                List.of(Question.of(Map.of(0, 1f, 1, 3f), Set.of())),
                VectorTable.of(new float[][] {{1, 0}}),
                VectorTable.of(documents),
                Progress.SILENT);

        // Then
        assertThat(placements.get(0).ndcg()).isCloseTo(0.7967, offset(1e-4));
    }

    @Property(tries = 100)
    void noOrderOfDocumentsChangesAnything(
            @ForAll @LongRange(min = 0, max = 1 << 30) long seed, @ForAll @IntRange(min = 2, max = 600) int count) {
        // Given documents of which many are as similar as others
        Random random = new Random(seed);
        float[][] documents = coarse(random, count);
        float[][] queries = coarse(random, 5);
        List<Map<Integer, Float>> grades = IntStream.range(0, 5)
                .mapToObj(i -> Map.of(random.nextInt(count), 1f))
                .toList();
        List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(order, random);

        // When
        List<Placement> moved = Retrieval.of(
                grades.stream().map(judged -> moved(judged, order)).toList(),
                VectorTable.of(queries),
                VectorTable.of(order.stream().map(i -> documents[i]).toArray(float[][]::new)),
                Progress.SILENT);

        // Then
        List<Placement> placements = Retrieval.of(
                grades.stream().map(judged -> Question.of(judged, Set.of())).toList(),
                VectorTable.of(queries),
                VectorTable.of(documents),
                Progress.SILENT);
        assertThat(moved).isEqualTo(placements);
    }

    @Property(tries = 100)
    void noLengthOfAQueryChangesAnything(
            @ForAll @LongRange(min = 0, max = 1 << 30) long seed, @ForAll @IntRange(min = -20, max = 20) int power) {
        // Given
        Random random = new Random(seed);
        VectorTable documents = VectorTable.of(vectors(random, 50, 7));
        float[][] queries = vectors(random, 4, 7);
        float[][] scaled = java.util.Arrays.stream(queries)
                .map(query -> scaled(query, Math.scalb(1f, power)))
                .toArray(float[][]::new);
        List<Question> questions =
                IntStream.range(0, 4).mapToObj(i -> right(i, i + 9)).toList();

        // When
        List<Placement> placements = Retrieval.of(questions, VectorTable.of(scaled), documents, Progress.SILENT);

        // Then
        assertThat(placements).isEqualTo(Retrieval.of(questions, VectorTable.of(queries), documents, Progress.SILENT));
    }

    @Test
    void documentsAreReadInBlocksAndToldAsTheyAreCompared() {
        // Given
        float[][] documents = vectors(new Random(1), 10_000, 2);
        List<Integer> largest = Collections.synchronizedList(new ArrayList<>());
        VectorTable read = new VectorTable(10_000, (from, to) -> {
            largest.add(to - from);
            return java.util.Arrays.copyOfRange(documents, from, to);
        });
        List<Integer> told = new ArrayList<>();

        // When
        Retrieval.of(List.of(right(0)), VectorTable.of(new float[][] {{1, 0}}), read, told::add);

        // Then
        assertThat(largest).allMatch(size -> size <= 4096);
        assertThat(told).containsExactly(4096, 8192, 10_000);
    }

    @Test
    void aVectorThatIsNoNumberIsRefused() {
        // Given
        float[][] documents = {{1, 0}, {Float.NaN, 0}};

        // When, Then
        assertThatThrownBy(() -> Retrieval.of(
                        List.of(right(0)),
                        VectorTable.of(new float[][] {{1, 0}}),
                        VectorTable.of(documents),
                        Progress.SILENT))
                .isInstanceOf(NonFiniteVectorException.class)
                .hasMessageContaining("vector 1 ");
    }

    private static Question right(int... documents) {
        Map<Integer, Float> grades = new HashMap<>();
        for (int document : documents) {
            grades.put(document, 1f);
        }
        return Question.of(grades, Set.of());
    }

    private static Question moved(Map<Integer, Float> grades, List<Integer> order) {
        Map<Integer, Float> moved = new HashMap<>();
        grades.forEach((document, grade) -> moved.put(order.indexOf(document), grade));
        return Question.of(moved, Set.of());
    }

    private static int plainRank(Question question, float[] query, float[][] documents) {
        List<Integer> order = IntStream.range(0, documents.length)
                .boxed()
                .sorted(java.util.Comparator.comparingDouble((Integer d) -> -cosine(query, documents[d])))
                .toList();
        return java.util.Arrays.stream(question.right())
                        .map(order::indexOf)
                        .min()
                        .orElseThrow()
                + 1;
    }

    private static double cosine(float[] left, float[] right) {
        double product = 0;
        double squares = 0;
        for (int i = 0; i < left.length; i++) {
            product += (double) left[i] * right[i];
            squares += (double) right[i] * right[i];
        }
        return product / Math.sqrt(squares);
    }

    private static float[] scaled(float[] vector, float by) {
        float[] scaled = vector.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= by;
        }
        return scaled;
    }

    private static float[][] vectors(Random random, int count, int dimensions) {
        float[][] vectors = new float[count][dimensions];
        for (float[] vector : vectors) {
            for (int i = 0; i < dimensions; i++) {
                vector[i] = (float) random.nextGaussian();
            }
        }
        return vectors;
    }

    private static float[][] coarse(Random random, int count) {
        float[][] vectors = new float[count][3];
        for (float[] vector : vectors) {
            for (int i = 0; i < 3; i++) {
                vector[i] = random.nextInt(3) - 1;
            }
        }
        return vectors;
    }
}
