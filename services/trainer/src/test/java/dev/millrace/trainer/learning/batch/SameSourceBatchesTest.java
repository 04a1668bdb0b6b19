package dev.millrace.trainer.learning.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.trainer.learning.batch.BatchComposer.Composing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SameSourceBatchesTest {
    @Test
    void whatIsReplayedJoinsItsOwnSource() {
        // Given sources that fill whole batches
        List<Example> window = examples("new", 32);
        List<Example> replayed = examples("old", 32);

        // When
        List<List<Example>> batches = new SameSourceBatches(16, .5).compose(window, replayed, of(1));

        // Then
        assertThat(batches).hasSize(4).allSatisfy(batch -> assertThat(batch)
                .hasSize(16)
                .extracting(Example::source)
                .containsOnly(batch.get(0).source()));
    }

    @Property(tries = 200)
    void everyFreshExampleIsInOneBatchAndSizesAreThoseOfAShuffle(
            @ForAll @IntRange(max = 200) int fresh,
            @ForAll @IntRange(max = 200) int old,
            @ForAll @IntRange(min = 2, max = 20) int pairs,
            @ForAll @DoubleRange(max = .9) double share,
            @ForAll long seed) {
        // Given
        SameSourceBatches composer = new SameSourceBatches(pairs, share);
        List<Example> window = examples("new", fresh);
        List<Example> replayed = examples("old", old);

        // When
        List<List<Example>> batches = composer.compose(window, replayed, of(seed));

        // Then
        List<Example> placed = new ArrayList<>();
        batches.forEach(placed::addAll);
        assertThat(placed).doesNotHaveDuplicates().containsAll(window);
        List<List<Example>> shuffled = new ShuffledBatches(pairs, share).compose(window, replayed, of(seed));
        assertThat(batches).hasSameSizeAs(shuffled).allSatisfy(batch -> assertThat(batch)
                .hasSizeLessThanOrEqualTo(pairs));
        assertThat(placed).hasSize(shuffled.stream().mapToInt(List::size).sum());
        assertThat(composer.compose(window, replayed, of(seed))).isEqualTo(batches);
    }

    private static Composing of(long seed) {
        return new Composing((type, texts) -> new float[0][], seed, () -> {});
    }

    private static List<Example> examples(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Example(
                        name + i,
                        Optional.of(name + "d" + i),
                        OptionalDouble.empty(),
                        List.of(),
                        Optional.empty(),
                        1,
                        "source " + i % 4))
                .toList();
    }
}
