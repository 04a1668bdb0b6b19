package dev.millrace.trainer.learning.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.trainer.learning.batch.BatchComposer.Composing;
import dev.millrace.trainer.learning.neighbours.Ceiling;
import dev.millrace.trainer.learning.neighbours.NegativeSearch;
import dev.millrace.trainer.learning.neighbours.Neighbours.Neighbour;
import dev.millrace.trainer.learning.vectors.Vectors;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HardnessGraphTest {
    /** Texts are angles in degrees. */
    private static final Vectors ANGLES = (type, texts) -> texts.stream()
            .map(text -> Math.toRadians(Double.parseDouble(text)))
            .map(angle -> new float[] {(float) Math.cos(angle), (float) Math.sin(angle)})
            .toArray(float[][]::new);

    @Test
    void tiesWhoIsNearButNotWhoIsAsNearAsThePositive() {
        // Given cos 20 degrees = .94, times .95 = .893 = cos 26.8 degrees
        List<Example> examples = List.of(example("0", "20"), example("180", "25"), example("181", "40"));

        // When
        HardnessGraph graph = graph(examples);

        // Then
        assertThat(tiedTo(graph, 0)).contains(2).doesNotContain(1);
        assertThat(tiedTo(graph, 2)).contains(0);
    }

    @Test
    void tiesNoneOfOneGroupNorWhatIsKnownToBelongTogether() {
        // Given
        List<Example> examples =
                List.of(grouped("0", "5", "g"), grouped("1", "40", "g"), example("0", "45"), example("2", "50"));

        // When
        HardnessGraph graph = graph(examples);

        // Then the second asks of the third, the first not: it has that answer already
        assertThat(tiedTo(graph, 0)).containsOnly(3);
        assertThat(tiedTo(graph, 1)).containsOnly(2, 3);
    }

    @Test
    void aBareTextIsTiedByItself() {
        // Given
        Example bare =
                new Example("0", Optional.empty(), OptionalDouble.empty(), List.of(), Optional.empty(), 1, "test");

        // When
        HardnessGraph graph = graph(List.of(bare, example("10", "30")));

        // Then
        assertThat(graph.ties(0)).extracting(Neighbour::row).containsOnly(1);
    }

    private static HardnessGraph graph(List<Example> examples) {
        return HardnessGraph.of(
                examples, new NegativeSearch(new Ceiling(.95, 0, 1), 10_000), new Composing(ANGLES, 1, () -> {}));
    }

    private static List<Integer> tiedTo(HardnessGraph graph, int example) {
        return IntStream.range(0, graph.ties(example).size())
                .mapToObj(i -> graph.ties(example).get(i).row())
                .toList();
    }

    private static Example example(String anchor, String positive) {
        return new Example(
                anchor, Optional.of(positive), OptionalDouble.empty(), List.of(), Optional.empty(), 1, "test");
    }

    private static Example grouped(String anchor, String positive, String group) {
        return new Example(
                anchor, Optional.of(positive), OptionalDouble.empty(), List.of(), Optional.of(group), 1, "test");
    }
}
