package dev.millrace.embedding.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class MicroBatchesTest {
    @Property
    void everyTextIsInOneMicroBatchAndNoneHoldsMoreThanTheBudget(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 256) Integer> lengths,
            @ForAll @IntRange(min = 16, max = 8000) int budget) {
        // Given
        List<Tokens> texts = texts(lengths);

        // When
        MicroBatches micro = MicroBatches.of(texts, budget);

        // Then
        assertThat(micro.bounds().stream().flatMap(bound -> micro.texts(texts, bound).stream()))
                .containsExactlyInAnyOrderElementsOf(texts);
        assertThat(micro.bounds())
                .allSatisfy(bound -> assertThat(bound[1] - bound[0] == 1 || cost(micro, texts, bound) <= budget)
                        .isTrue());
        int[] thereAndBack = IntStream.range(0, texts.size())
                .map(place -> (int) micro.places()[micro.order()[place]])
                .toArray();
        assertThat(thereAndBack).isEqualTo(IntStream.range(0, texts.size()).toArray());
    }

    @Property
    void aBatchThatFitsIsOneMicroBatchADeviceAndALargerOneMicroBatchesThatAreNotFull(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 256) Integer> lengths,
            @ForAll @IntRange(min = 16, max = 20_000) int budget,
            @ForAll @IntRange(min = 1, max = 4) int devices) {
        // Given
        List<Tokens> texts = texts(lengths);
        double share = cost(texts) / devices;

        // When
        MicroBatches micro = MicroBatches.forTraining(texts, budget, devices);

        // Then
        double longest =
                texts.stream().mapToDouble(text -> cost(List.of(text))).max().orElseThrow();
        if (share + longest <= budget || (devices == 1 && share <= budget)) {
            assertThat(micro.bounds()).hasSizeLessThanOrEqualTo(devices);
        }
        double most = share > budget ? .7 * budget : budget;
        assertThat(micro.bounds())
                .allSatisfy(bound -> assertThat(bound[1] - bound[0] == 1 || cost(micro, texts, bound) <= most)
                        .isTrue());
    }

    private static List<Tokens> texts(List<Integer> lengths) {
        return IntStream.range(0, lengths.size())
                .mapToObj(i -> new Tokens(new int[lengths.get(i)], false))
                .toList();
    }

    private static double cost(MicroBatches micro, List<Tokens> texts, int[] bound) {
        return cost(micro.texts(texts, bound));
    }

    private static double cost(List<Tokens> texts) {
        return texts.stream()
                .mapToDouble(text -> text.length() * (1 + text.length() / 128.0))
                .sum();
    }
}
