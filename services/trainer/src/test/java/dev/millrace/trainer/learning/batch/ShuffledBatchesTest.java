package dev.millrace.trainer.learning.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.trainer.learning.batch.BatchComposer.Composing;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

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
        List<List<Example>> batches = new ShuffledBatches(batchPairs, share).compose(window, replay, of(seed));

        // Then
        List<Example> all = batches.stream().flatMap(Collection::stream).toList();
        assertThat(all).doesNotHaveDuplicates().containsAll(window);
        assertThat(all.stream().filter(window::contains)).hasSize(fresh);
        assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, batchPairs));
    }

    @Property(tries = 300)
    void batchesAreEvenAndFullWhereThereIsReplay(
            @ForAll @IntRange(min = 1, max = 700) int fresh,
            @ForAll @IntRange(min = 8, max = 130) int batchPairs,
            @ForAll @DoubleRange(min = 0.01, max = 0.8) double share,
            @ForAll long seed) {
        // Given as much replay as it asks for
        ShuffledBatches composer = new ShuffledBatches(batchPairs, share);
        List<Example> window = examples("new", fresh);
        List<Example> replay = examples("old", composer.replayed(fresh));

        // When
        List<List<Example>> batches = composer.compose(window, replay, of(seed));

        // Then
        List<Long> own = batches.stream()
                .map(batch -> batch.stream().filter(window::contains).count())
                .toList();
        assertThat(own.stream().mapToLong(Long::longValue).max().orElseThrow()
                        - own.stream().mapToLong(Long::longValue).min().orElseThrow())
                .isLessThanOrEqualTo(1);
        assertThat(own).allSatisfy(count -> assertThat(count)
                .isLessThanOrEqualTo(Math.max(1, batchPairs - Math.round(batchPairs * share))));
        assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSize(batchPairs));
    }

    @Test
    void oneFreshPairLearnsInAWholeBatch() {
        // When
        List<List<Example>> batches =
                new ShuffledBatches(64, 0.5).compose(examples("new", 1), examples("old", 1000), of(1));

        // Then
        assertThat(batches).singleElement().satisfies(batch -> assertThat(batch).hasSize(64));
    }

    @Test
    void whoWantsNoReplayGetsNone() {
        // When
        List<List<Example>> batches = new ShuffledBatches(64, 0).compose(examples("new", 3), examples("old", 9), of(1));

        // Then
        assertThat(batches).singleElement().satisfies(batch -> assertThat(batch).hasSize(3));
    }

    @Property(tries = 50)
    void theSameSeedGivesTheSameBatches(@ForAll long seed) {
        // Given
        ShuffledBatches composer = new ShuffledBatches(16, 0.5);

        // When
        List<List<Example>> batches = composer.compose(examples("new", 100), examples("old", 100), of(seed));

        // Then
        assertThat(batches).isEqualTo(composer.compose(examples("new", 100), examples("old", 100), of(seed)));
        assertThat(batches).isNotEqualTo(composer.compose(examples("new", 100), examples("old", 100), of(seed + 1)));
    }

    private static Composing of(long seed) {
        return new Composing((type, texts) -> new float[0][], seed, () -> {});
    }

    private static List<Example> examples(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Example(
                        name + i, Optional.of("d" + i), OptionalDouble.empty(), List.of(), Optional.empty(), 1, "test"))
                .toList();
    }
}
