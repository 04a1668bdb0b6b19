package dev.millrace.trainer.learning.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class ShuffledBatchesTest {
    @Property(tries = 300)
    void everyFreshExampleLandsInExactlyOneBatch(
            @ForAll @IntRange(max = 700) int fresh,
            @ForAll @IntRange(max = 700) int old,
            @ForAll @IntRange(min = 2, max = 130) int batchPairs,
            @ForAll @DoubleRange(max = 0.95) double share,
            @ForAll long seed) {
        // Given
        List<Example> window = examples("new", fresh);
        List<Example> replay = examples("old", old);

        // When
        List<List<Example>> batches = new ShuffledBatches(batchPairs, share).compose(window, replay, seed);

        // Then
        List<Example> all = batches.stream().flatMap(Collection::stream).toList();
        assertThat(all).doesNotHaveDuplicates().containsAll(window);
        assertThat(all.stream().filter(window::contains)).hasSize(fresh);
        assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, batchPairs));
    }

    @Property(tries = 300)
    void batchesAreEvenAndHoldTheReplayShare(
            @ForAll @IntRange(min = 1, max = 700) int fresh,
            @ForAll @IntRange(min = 8, max = 130) int batchPairs,
            @ForAll @DoubleRange(max = 0.8) double share,
            @ForAll long seed) {
        // Given more replay than can be used
        List<Example> window = examples("new", fresh);
        List<Example> replay = examples("old", 20 * fresh);

        // When
        List<List<Example>> batches = new ShuffledBatches(batchPairs, share).compose(window, replay, seed);

        // Then a batch's replay is its fresh examples' at the share, rounded, as far as the batch has room
        List<Long> sizes = batches.stream()
                .map(batch -> batch.stream().filter(window::contains).count())
                .toList();
        assertThat(sizes.stream().mapToLong(Long::longValue).max().orElseThrow()
                        - sizes.stream().mapToLong(Long::longValue).min().orElseThrow())
                .isLessThanOrEqualTo(1);
        assertThat(batches).allSatisfy(batch -> {
            long own = batch.stream().filter(window::contains).count();
            double wanted = Math.min((double) (batchPairs - own), own * share / (1 - share));
            assertThat(batch.size() - own - wanted).isBetween(-0.5001, 0.5001);
        });
    }

    @Property(tries = 50)
    void theSameSeedGivesTheSameBatches(@ForAll long seed) {
        // Given
        ShuffledBatches composer = new ShuffledBatches(16, 0.5);

        // When
        List<List<Example>> batches = composer.compose(examples("new", 100), examples("old", 100), seed);

        // Then
        assertThat(batches).isEqualTo(composer.compose(examples("new", 100), examples("old", 100), seed));
        assertThat(batches).isNotEqualTo(composer.compose(examples("new", 100), examples("old", 100), seed + 1));
    }

    private static List<Example> examples(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Example(name + i, Optional.of("d" + i), List.of(), Optional.empty(), 1))
                .toList();
    }
}
