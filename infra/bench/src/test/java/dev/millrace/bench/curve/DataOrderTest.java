package dev.millrace.bench.curve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.bench.speed.LearningSettings;
import dev.millrace.devstack.demo.data.Chapter;
import dev.millrace.devstack.demo.data.Dataset;
import dev.millrace.devstack.demo.data.Example;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataOrderTest {
    private static final Dataset DATA = new Dataset(
            "pairs",
            List.of(new Chapter("one", examples(0, 60)), new Chapter("two", examples(60, 100))),
            List.of(),
            List.of());

    @Test
    void everyEpochHasEveryPairOnceInAnotherOrder() {
        // When
        DataOrder order = DataOrder.of(DATA, new LearningSettings(50, 4), 1);

        // Then
        List<String> drawn = order.drawn().stream().map(Example::id).toList();
        assertThat(drawn.subList(0, 100)).doesNotHaveDuplicates().isNotEqualTo(drawn.subList(100, 200));
        assertThat(drawn.subList(100, 200)).doesNotHaveDuplicates();
    }

    @Test
    void theRateWarmsUpAndStays() {
        // Given
        DataOrder order = DataOrder.of(DATA, new LearningSettings(50, 4), 1);

        // When
        List<Double> rates =
                IntStream.range(0, 50).mapToObj(step -> order.step(step).rate()).toList();

        // Then
        assertThat(rates.subList(0, 21)).isSorted().doesNotHaveDuplicates();
        assertThat(rates.subList(20, 50)).containsOnly(1e-4);
    }

    private static List<Example> examples(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> new Example("id" + i, "query " + i, "document " + i, List.of(), Optional.empty(), "all"))
                .toList();
    }
}
