package dev.millrace.trainer.learning.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.trainer.learning.batch.BatchComposer.Composing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SpreadBatchesTest {
    private static final List<String> PRODUCTS = List.of("falcon", "heron", "osprey", "kestrel");

    @Test
    void whatSharesAProductsNameIsDealtOutEvenly() {
        // Given 64 questions, product by product as a stream may bring them
        List<Example> window = questions(64);

        // When
        List<List<Example>> batches = new SpreadBatches(16, 0, Traits.words()).compose(window, List.of(), of(1));

        // Then
        assertThat(batches)
                .hasSize(4)
                .allSatisfy(batch -> PRODUCTS.forEach(product -> assertThat(batch)
                        .filteredOn(example -> example.anchor().contains(product))
                        .hasSize(4)));
    }

    @Test
    void soIsWhatIsReplayed() {
        // Given
        List<Example> window = questions(32);
        List<Example> replayed = questions(32);

        // When
        List<List<Example>> batches = new SpreadBatches(16, .5, Traits.words()).compose(window, replayed, of(1));

        // Then
        assertThat(batches)
                .hasSize(4)
                .allSatisfy(batch -> PRODUCTS.forEach(product -> assertThat(batch)
                        .filteredOn(example -> example.anchor().contains(product))
                        .hasSize(4)));
    }

    @Property(tries = 200)
    void everyFreshExampleIsInOneBatchAndSizesAreThoseOfAShuffle(
            @ForAll @IntRange(min = 0, max = 200) int fresh,
            @ForAll @IntRange(min = 2, max = 20) int pairs,
            @ForAll @DoubleRange(min = 0, max = .9) double share,
            @ForAll long seed) {
        // Given
        SpreadBatches spread = new SpreadBatches(pairs, share, Traits.words());
        List<Example> window = questions(fresh);
        List<Example> replayed = Collections.nCopies(spread.replayed(fresh), question("old", 0));

        // When
        List<List<Example>> batches = spread.compose(window, replayed, of(seed));

        // Then
        List<Example> placed = new ArrayList<>();
        batches.forEach(placed::addAll);
        placed.removeIf(example -> example.anchor().startsWith("old"));
        assertThat(placed).containsExactlyInAnyOrderElementsOf(window);
        assertThat(batches).hasSameSizeAs(new ShuffledBatches(pairs, share).compose(window, replayed, of(seed)));
        assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(pairs));
        assertThat(spread.compose(window, replayed, of(seed))).isEqualTo(batches);
    }

    @Test
    void noBatchHasATextTwiceWhereOthersHaveRoom() {
        // Given eight answers four times each
        List<Example> window = IntStream.range(0, 32)
                .mapToObj(i -> answered(question("q" + i, i), "answer " + i / 4, Optional.empty()))
                .toList();

        // When
        List<List<Example>> batches = new SpreadBatches(8, 0, Traits.texts()).compose(window, List.of(), of(1));

        // Then
        assertThat(batches).hasSize(4).allSatisfy(batch -> assertThat(batch)
                .extracting(example -> example.second().orElseThrow())
                .doesNotHaveDuplicates());
    }

    @Test
    void noBatchHasAGroupTwiceWhereOthersHaveRoom() {
        // Given eight groups of four
        List<Example> window = IntStream.range(0, 32)
                .mapToObj(i -> answered(question("q" + i, i), "answer " + i, Optional.of("group " + i / 4)))
                .toList();

        // When
        List<List<Example>> batches = new SpreadBatches(8, 0, Traits.groups()).compose(window, List.of(), of(1));

        // Then
        assertThat(batches).hasSize(4).allSatisfy(batch -> assertThat(batch)
                .extracting(example -> example.group().orElseThrow())
                .doesNotHaveDuplicates());
    }

    private static Composing of(long seed) {
        return new Composing((type, texts) -> new float[0][], seed, () -> {});
    }

    private static Example answered(Example question, String answer, Optional<String> group) {
        return new Example(question.anchor(), Optional.of(answer), OptionalDouble.empty(), List.of(), group, 1, "test");
    }

    private static List<Example> questions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> question(PRODUCTS.get(i * PRODUCTS.size() / count), i))
                .toList();
    }

    private static Example question(String product, int number) {
        return new Example(
                product + " asked " + number,
                Optional.of("answer " + number),
                OptionalDouble.empty(),
                List.of(),
                Optional.empty(),
                1,
                "test");
    }
}
