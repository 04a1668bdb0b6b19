package dev.millrace.trainer.learning.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.trainer.learning.batch.BatchComposer.Composing;
import dev.millrace.trainer.learning.neighbours.Ceiling;
import dev.millrace.trainer.learning.neighbours.NegativeSearch;
import dev.millrace.trainer.learning.vectors.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HardBatchesTest {
    private static final NegativeSearch SEARCH = new NegativeSearch(new Ceiling(.95, 0, 1), 10_000);
    private static final int TOPICS = 16;
    private static final int DIMENSIONS = 24;

    @Test
    void aBatchsExamplesAreEachOthersHardNegatives() {
        // Given sixteen topics, mixed as a stream brings them
        List<Example> window = examples("new", 256);
        List<Example> replayed = examples("old", 256);

        // When
        List<List<Example>> hard = new HardBatches(32, .5, SEARCH).compose(window, replayed, of(1));

        // Then two examples of a batch are mostly of one topic, which in a shuffle one in sixteen is
        List<List<Example>> shuffled = new ShuffledBatches(32, .5).compose(window, replayed, of(1));
        assertThat(ofOneTopic(shuffled)).isBetween(.03, .1);
        assertThat(ofOneTopic(hard)).isGreaterThan(.7);
        assertThat(nearestNegative(hard)).isGreaterThan(nearestNegative(shuffled) + .1);
    }

    @Test
    void oneGroupDoesNotFillABatch() {
        // Given topics of two groups each, which are negatives of each other only
        List<Example> window = IntStream.range(0, 256)
                .mapToObj(i -> example("new", i, Optional.of("group " + i % (2 * TOPICS))))
                .toList();

        // When
        List<List<Example>> batches = new HardBatches(16, 0, SEARCH).compose(window, List.of(), of(1));

        // Then
        assertThat(batches).hasSize(16).allSatisfy(batch -> {
            String first = batch.get(0).group().orElseThrow();
            assertThat(batch)
                    .filteredOn(example -> example.group().orElseThrow().equals(first))
                    .hasSizeLessThanOrEqualTo(10);
        });
        assertThat(ofOneTopic(batches)).isGreaterThan(.4);
    }

    @Property(tries = 100)
    void everyFreshExampleIsInOneBatchAndSizesAreThoseOfAShuffle(
            @ForAll @IntRange(max = 150) int fresh,
            @ForAll @IntRange(max = 150) int old,
            @ForAll @IntRange(min = 2, max = 40) int pairs,
            @ForAll @DoubleRange(max = .9) double share,
            @ForAll long seed) {
        // Given
        HardBatches composer = new HardBatches(pairs, share, SEARCH);
        List<Example> window = examples("new", fresh);
        List<Example> replayed = examples("old", old);

        // When
        List<List<Example>> batches = composer.compose(window, replayed, of(seed));

        // Then
        List<Example> placed = new ArrayList<>();
        batches.forEach(placed::addAll);
        assertThat(placed).doesNotHaveDuplicates().containsAll(window);
        assertThat(batches)
                .extracting(List::size)
                .containsExactlyInAnyOrderElementsOf(
                        sizes(new ShuffledBatches(pairs, share).compose(window, replayed, of(seed))));
        assertThat(composer.compose(window, replayed, of(seed))).isEqualTo(batches);
    }

    @Test
    void tellsThatItGoesOn() {
        // Given
        AtomicInteger told = new AtomicInteger();
        List<Example> window = examples("new", 256);

        // When
        new HardBatches(16, 0, SEARCH).compose(window, List.of(), new Composing(TOPICAL, 1, told::incrementAndGet));

        // Then
        assertThat(told).hasValueGreaterThanOrEqualTo(16);
    }

    private static double ofOneTopic(List<List<Example>> batches) {
        return batches.stream()
                .flatMapToDouble(batch -> batch.stream().flatMapToDouble(one -> batch.stream()
                        .filter(other -> !other.equals(one))
                        .mapToDouble(other -> topic(one.anchor()) == topic(other.anchor()) ? 1 : 0)))
                .average()
                .orElseThrow();
    }

    /** Mean cosine of an anchor with the nearest positive of another. */
    private static double nearestNegative(List<List<Example>> batches) {
        return batches.stream()
                .flatMapToDouble(batch -> batch.stream().mapToDouble(one -> batch.stream()
                        .filter(other -> !other.equals(one))
                        .mapToDouble(other -> Vectors.similarity(vector(one.anchor()), vector(other.drawnTo())))
                        .max()
                        .orElse(0)))
                .average()
                .orElseThrow();
    }

    private static List<Integer> sizes(List<List<Example>> batches) {
        return batches.stream().map(List::size).toList();
    }

    private static Composing of(long seed) {
        return new Composing(TOPICAL, seed, () -> {});
    }

    private static List<Example> examples(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> example(name, i, Optional.empty()))
                .toList();
    }

    private static Example example(String name, int i, Optional<String> group) {
        String text = name + "-" + i + "-" + i % TOPICS;
        return new Example(
                "asks " + text, Optional.of("tells " + text), OptionalDouble.empty(), List.of(), group, 1, "test");
    }

    private static int topic(String text) {
        return Integer.parseInt(text.substring(text.lastIndexOf('-') + 1));
    }

    private static final Vectors TOPICAL =
            (type, texts) -> texts.stream().map(HardBatchesTest::vector).toArray(float[][]::new);

    /** Near to its topic, and nearer to the text that it belongs to. */
    private static float[] vector(String text) {
        SplittableRandom topic = new SplittableRandom(topic(text));
        SplittableRandom own =
                new SplittableRandom(text.substring(text.lastIndexOf(' ')).hashCode());
        SplittableRandom side = new SplittableRandom(text.hashCode());
        float[] vector = new float[DIMENSIONS];
        double squares = 0;
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) (topic.nextDouble(-1, 1) + own.nextDouble(-.6, .6) + side.nextDouble(-.1, .1));
            squares += vector[i] * vector[i];
        }
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) (vector[i] / Math.sqrt(squares));
        }
        return vector;
    }
}
