package dev.millrace.embedding.objective.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.millrace.embedding.model.InputType;
import dev.millrace.embedding.model.Prompts;
import dev.millrace.embedding.objective.view.View;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchTextsTest {
    /** Few words, so that texts come again as anchors, positives and negatives of each other. */
    private static final List<String> WORDS =
            IntStream.range(0, 12).mapToObj(i -> "d" + i).toList();

    private static final Prompts PROMPTS = new Prompts(Map.of("query", "q: ", "document", "d: "), "");

    private record Labeled(
            String anchor, Optional<String> second, List<String> negatives, Optional<String> group, double weight)
            implements ContrastiveExample {
        @Override
        public OptionalDouble label() {
            return OptionalDouble.empty();
        }

        Stream<String> sides() {
            return Stream.concat(Stream.of(anchor), second.stream());
        }

        Stream<String> texts() {
            return Stream.concat(sides(), negatives.stream());
        }
    }

    @Property(tries = 500)
    void candidatesAreWhatAnAnchorMayBePushedFromAndItsPositive(@ForAll("batches") List<Labeled> examples) {
        // When
        BatchTexts batch = BatchTexts.of(examples);

        // Then
        for (Row anchor : batch.roles().rows(Side.ANCHORS)) {
            String own = batch.texts().get(anchor.text());
            assertThat(anchor.candidates().get(anchor.positive())).isTrue();
            assertThat(pushed(batch, anchor))
                    .doesNotContain(own, batch.texts().get(anchor.positive()))
                    .noneMatch(positives(examples, own)::contains);
        }
    }

    @Property(tries = 500)
    void textsOfOneGroupAreNeverEachOthersNegatives(@ForAll("batches") List<Labeled> examples) {
        // When
        BatchTexts batch = BatchTexts.of(examples);

        // Then
        for (Row anchor : batch.roles().rows(Side.ANCHORS)) {
            Set<String> kin = kin(examples, batch.texts().get(anchor.text()));
            assertThat(pushed(batch, anchor)).noneMatch(kin::contains);
        }
    }

    @Property(tries = 500)
    void promptsChangeNothingOfWhatAnAnchorIsPushedFrom(@ForAll("batches") List<Labeled> examples) {
        // Given
        BatchTexts plain = BatchTexts.of(examples);

        // When
        BatchTexts prompted = BatchTexts.of(examples, View.DROPOUT, PROMPTS, 0);

        // Then
        List<Row> rows = prompted.roles().rows(Side.ANCHORS);
        List<Row> expected = plain.roles().rows(Side.ANCHORS);
        assertThat(rows).hasSameSizeAs(expected);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(pushed(prompted, rows.get(i))).isEqualTo(pushed(plain, expected.get(i)));
            assertThat(prompted.typed().get(rows.get(i).text()).type()).isEqualTo(InputType.QUERY);
            assertThat(prompted.typed().get(rows.get(i).positive()).type()).isEqualTo(InputType.DOCUMENT);
        }
    }

    @Test
    void aTextThatAsksAndAnswersStandsTwiceWhereItIsReadDifferently() {
        // Given
        List<Labeled> examples = List.of(pair("a", "b", Optional.empty()), pair("c", "a", Optional.empty()));

        // When
        BatchTexts told = BatchTexts.of(examples, View.DROPOUT, PROMPTS, 0);
        BatchTexts alike = BatchTexts.of(examples, View.DROPOUT, PROMPTS.alike(), 0);

        // Then
        assertThat(told.texts()).containsExactly("a", "b", "c", "a");
        assertThat(told.roles().rows(Side.ANCHORS))
                .extracting(Row::text, Row::positive, Row::candidates)
                .containsExactly(tuple(0, 1, bits(1)), tuple(2, 3, bits(1, 3)));
        assertThat(alike.texts()).containsExactly("a", "b", "c");
    }

    @Property(tries = 300)
    void everyTextIsEncodedOnceButForSecondViews(@ForAll("batches") List<Labeled> examples) {
        // When
        BatchTexts batch = BatchTexts.of(examples);

        // Then
        Set<String> distinct = examples.stream().flatMap(Labeled::texts).collect(Collectors.toSet());
        long alone = examples.stream().filter(e -> e.positive().isEmpty()).count();
        assertThat(batch.texts()).hasSize(distinct.size() + (int) alone).containsAll(distinct);
    }

    @Property(tries = 300)
    void everyPositiveAndNegativeServesTheAnchorsThatMayBePushedFromIt(@ForAll("batches") List<Labeled> examples) {
        // When
        BatchTexts batch = BatchTexts.of(examples);

        // Then
        Set<String> documents = examples.stream()
                .flatMap(e -> Stream.concat(Stream.of(e.positive().orElse(e.anchor())), e.negatives().stream()))
                .collect(Collectors.toSet());
        for (Row anchor : batch.roles().rows(Side.ANCHORS)) {
            String own = batch.texts().get(anchor.text());
            Set<String> expected = new HashSet<>(documents);
            expected.removeAll(kin(examples, own));
            expected.removeAll(positives(examples, own));
            expected.remove(own);
            assertThat(pushed(batch, anchor)).isEqualTo(expected);
        }
    }

    @Test
    void aPairThatComesTwiceIsOneAnchorWithTheSumOfItsWeights() {
        // Given
        Labeled twice = new Labeled("a", Optional.of("b"), List.of(), Optional.of("g"), 2);
        Labeled other = new Labeled("c", Optional.of("d"), List.of("e"), Optional.empty(), 1);

        // When
        BatchTexts batch = BatchTexts.of(List.of(twice, other, twice));

        // Then
        assertThat(batch.texts()).containsExactly("a", "b", "c", "d", "e");
        assertThat(batch.roles().rows(Side.ANCHORS))
                .extracting(Row::text, Row::positive, Row::candidates, Row::weight)
                .containsExactly(tuple(0, 1, bits(1, 3, 4), 4.0), tuple(2, 3, bits(1, 3, 4), 1.0));
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({"a,b,a,b", "a,b,c,b", "a,b,b,c", "a,b,c,a"})
    void whatTwoBatchesShareIsKnownByItsIdentity(String anchor, String positive, String later, String drawnTo) {
        // Given
        BatchTexts first = BatchTexts.of(List.of(pair(anchor, positive, Optional.empty())));

        // When
        BatchTexts second = BatchTexts.of(List.of(pair(later, drawnTo, Optional.empty())));

        // Then the positive of the first is no stranger to the anchor of the second
        assertThat(shared(first, second)).isTrue();
    }

    @Test
    void textsOfOneGroupAreNoStrangersInOtherBatches() {
        // Given
        BatchTexts first = BatchTexts.of(List.of(pair("a", "b", Optional.of("g"))));

        // When
        BatchTexts same = BatchTexts.of(List.of(pair("c", "d", Optional.of("g"))));
        BatchTexts other = BatchTexts.of(List.of(pair("c", "d", Optional.of("h"))));
        BatchTexts calledLikeIt = BatchTexts.of(List.of(pair("g", "d", Optional.empty())));

        // Then
        assertThat(shared(first, same)).isTrue();
        assertThat(shared(first, other)).isFalse();
        assertThat(shared(first, calledLikeIt)).isFalse();
    }

    private static Labeled pair(String anchor, String positive, Optional<String> group) {
        return new Labeled(anchor, Optional.of(positive), List.of(), group, 1);
    }

    /** Whether the first positive of the one has to do with the first anchor of the other. */
    private static boolean shared(BatchTexts one, BatchTexts other) {
        long[] of = one.roles()
                .identities()
                .apply(one.roles().rows(Side.ANCHORS).get(0).positive());
        long[] with = other.roles()
                .identities()
                .apply(other.roles().rows(Side.ANCHORS).get(0).text());
        return Arrays.stream(of).anyMatch(identity -> Arrays.stream(with).anyMatch(known -> known == identity));
    }

    @Provide
    Arbitrary<List<Labeled>> batches() {
        Arbitrary<String> word = Arbitraries.of(WORDS);
        Arbitrary<Optional<String>> group = Arbitraries.of("g", "h").optional(0.5);
        return Combinators.combine(word, word.optional(0.8), word.list().ofMaxSize(2), group)
                .as((anchor, positive, negatives, g) -> new Labeled(anchor, positive, negatives, g, 1))
                .list()
                .ofMinSize(1)
                .ofMaxSize(10);
    }

    /** What the anchor is compared with besides its positive. */
    private static Set<String> pushed(BatchTexts batch, Row anchor) {
        return anchor.candidates().stream()
                .filter(text -> text != anchor.positive())
                .mapToObj(batch.texts()::get)
                .collect(Collectors.toSet());
    }

    private static Set<String> positives(List<Labeled> examples, String anchor) {
        return examples.stream()
                .filter(e -> e.sides().anyMatch(anchor::equals))
                .flatMap(Labeled::sides)
                .filter(text -> !text.equals(anchor))
                .collect(Collectors.toSet());
    }

    /** All texts of all groups that the text belongs to. */
    private static Set<String> kin(List<Labeled> examples, String text) {
        Set<String> groups = examples.stream()
                .filter(e -> e.sides().anyMatch(text::equals))
                .flatMap(e -> e.group().stream())
                .collect(Collectors.toSet());
        return examples.stream()
                .filter(e -> e.group().filter(groups::contains).isPresent())
                .flatMap(Labeled::sides)
                .collect(Collectors.toSet());
    }

    private static BitSet bits(int... places) {
        BitSet bits = new BitSet();
        Arrays.stream(places).forEach(bits::set);
        return bits;
    }
}
