package dev.millrace.trainer.learning.neighbours;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.trainer.learning.neighbours.Neighbours.Choice;
import dev.millrace.trainer.learning.neighbours.Neighbours.Neighbour;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphNeighboursTest {
    private static final Choice ANY = (query, row, similarity) -> true;
    private static final int COUNT = 22;

    @Test
    void findsNearlyAllThatAComparisonWithAllFinds() {
        // Given
        float[][] rows = clustered(5000, 48, 1);
        float[][] queries = clustered(300, 48, 2);

        // When
        List<List<Neighbour>> found = GraphNeighbours.of(rows, () -> {}).of(queries, COUNT, ANY, () -> {});

        // Then
        List<List<Neighbour>> all = new ExactNeighbours(rows).of(queries, COUNT, ANY, () -> {});
        assertThat(recall(found, all)).isGreaterThanOrEqualTo(.95);
        assertThat(found).allSatisfy(its -> assertThat(its).isSortedAccordingTo(Nearest.NEAREST_FIRST));
    }

    @Test
    void soItDoesBelowACeilingAndWithoutWhatIsNotAllowed() {
        // Given half of the rows, and none nearer than .6
        float[][] rows = clustered(3000, 32, 3);
        float[][] queries = clustered(200, 32, 4);
        Choice choice = (query, row, similarity) -> similarity < .6 && (row + query) % 2 == 0;

        // When
        List<List<Neighbour>> found = GraphNeighbours.of(rows, () -> {}).of(queries, COUNT, choice, () -> {});

        // Then
        List<List<Neighbour>> all = new ExactNeighbours(rows).of(queries, COUNT, choice, () -> {});
        assertThat(recall(found, all)).isGreaterThanOrEqualTo(.95);
        assertThat(IntStream.range(0, queries.length)).allSatisfy(query -> assertThat(found.get(query))
                .allSatisfy(neighbour -> assertThat(choice.allows(query, neighbour.row(), neighbour.similarity()))
                        .isTrue()));
    }

    @Test
    void theSameRowsGiveTheSameNeighboursTwice() {
        // Given
        float[][] rows = clustered(3000, 32, 5);
        float[][] queries = clustered(200, 32, 6);

        // When
        List<List<Neighbour>> once = GraphNeighbours.of(rows, () -> {}).of(queries, COUNT, ANY, () -> {});
        List<List<Neighbour>> again = GraphNeighbours.of(rows, () -> {}).of(queries, COUNT, ANY, () -> {});

        // Then
        assertThat(once).isEqualTo(again);
    }

    @Test
    void soDoRowsThatLieEvenlyOnAllSides() {
        // Given rows and their opposites, the middle of which is nowhere
        float[][] half = clustered(400, 8, 7);
        float[][] rows = IntStream.range(0, 800)
                .mapToObj(i -> i < 400 ? half[i] : opposite(half[i - 400]))
                .toArray(float[][]::new);
        Set<List<List<Neighbour>>> seen = new HashSet<>();

        // When
        for (int i = 0; i < 4; i++) {
            seen.add(GraphNeighbours.of(rows, () -> {}).of(half, COUNT, ANY, () -> {}));
        }

        // Then
        assertThat(seen).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void fewRowsAreAllFound(int count) {
        // Given
        float[][] rows = clustered(count, 2, 8);

        // When
        List<List<Neighbour>> found = GraphNeighbours.of(rows, () -> {}).of(rows, 9, ANY, () -> {});

        // Then
        assertThat(found).hasSize(count).allSatisfy(its -> assertThat(its).hasSize(count));
    }

    @Test
    void tellsThatItGoesOn() {
        // Given
        float[][] rows = clustered(1000, 8, 9);
        AtomicInteger built = new AtomicInteger();
        AtomicInteger searched = new AtomicInteger();

        // When
        GraphNeighbours.of(rows, built::incrementAndGet).of(rows, 5, ANY, searched::incrementAndGet);

        // Then
        assertThat(built).hasValueGreaterThanOrEqualTo(3);
        assertThat(searched).hasValueGreaterThanOrEqualTo(3);
    }

    private static double recall(List<List<Neighbour>> found, List<List<Neighbour>> all) {
        return IntStream.range(0, all.size())
                .mapToDouble(query -> {
                    Set<Integer> rows =
                            all.get(query).stream().map(Neighbour::row).collect(Collectors.toSet());
                    long hits = found.get(query).stream()
                            .filter(neighbour -> rows.contains(neighbour.row()))
                            .count();
                    return rows.isEmpty() ? 1 : (double) hits / rows.size();
                })
                .average()
                .orElseThrow();
    }

    private static float[] opposite(float[] vector) {
        float[] opposite = vector.clone();
        for (int i = 0; i < opposite.length; i++) {
            opposite[i] = -opposite[i];
        }
        return opposite;
    }

    /** Unit vectors around the same 40 centers, whatever the seed. */
    private static float[][] clustered(int count, int dimensions, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> around(random.nextInt(40), dimensions, random))
                .toArray(float[][]::new);
    }

    private static float[] around(int center, int dimensions, SplittableRandom random) {
        SplittableRandom centers = new SplittableRandom(center);
        float[] vector = new float[dimensions];
        double squares = 0;
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) (centers.nextDouble(-1, 1) + random.nextDouble(-.7, .7));
            squares += (double) vector[i] * vector[i];
        }
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) (vector[i] / Math.sqrt(squares));
        }
        return vector;
    }
}
