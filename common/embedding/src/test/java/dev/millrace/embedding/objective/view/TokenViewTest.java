package dev.millrace.embedding.objective.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedding.files.Models;
import dev.millrace.embedding.model.Prompts;
import dev.millrace.embedding.objective.batch.BatchTexts;
import dev.millrace.embedding.objective.batch.ContrastiveExample;
import dev.millrace.embedding.text.Cutoff;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.text.Tokens;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenViewTest {
    private static final int DIMENSIONS = 32;

    @TempDir
    Path folder;

    private record Labeled(String anchor, Optional<String> second) implements ContrastiveExample {
        @Override
        public OptionalDouble label() {
            return OptionalDouble.empty();
        }

        @Override
        public List<String> negatives() {
            return List.of();
        }

        @Override
        public Optional<String> group() {
            return Optional.empty();
        }

        @Override
        public double weight() {
            return 1;
        }
    }

    @Property(tries = 300)
    void shuffledTokensAreTheSameOnesBetweenTheFirstAndTheLast(
            @ForAll @IntRange(min = 1, max = 60) int length, @ForAll long seed) {
        // Given
        Tokens text = text(length);

        // When
        Tokens view = new PositionShuffle().of(text, DIMENSIONS, new SplittableRandom(seed));

        // Then
        assertThat(Arrays.stream(view.ids()).sorted().toArray()).isEqualTo(text.ids());
        assertThat(view.ids()[0]).isEqualTo(text.ids()[0]);
        assertThat(view.ids()[length - 1]).isEqualTo(text.ids()[length - 1]);
        assertThat(view).isEqualTo(new PositionShuffle().of(text, DIMENSIONS, new SplittableRandom(seed)));
    }

    @Test
    void anyOrderIsAsLikely() {
        // Given
        SplittableRandom random = new SplittableRandom(1);

        // When
        List<String> views = IntStream.range(0, 6000)
                .mapToObj(i ->
                        new PositionShuffle().of(text(5), DIMENSIONS, random).toString())
                .toList();

        // Then
        assertThat(views.stream().distinct()).hasSize(6);
        assertThat(views.stream().distinct())
                .allSatisfy(order ->
                        assertThat(views.stream().filter(order::equals).count()).isBetween(850L, 1150L));
    }

    @Property(tries = 300)
    void soManyTokensAreCutOffAndNeverAll(
            @ForAll @IntRange(min = 1, max = 60) int length,
            @ForAll @DoubleRange(min = 0, max = .9) double rate,
            @ForAll long seed) {
        // Given
        Tokens text = text(length);

        // When
        Tokens view = new TokenCutoff(rate).of(text, DIMENSIONS, new SplittableRandom(seed));

        // Then
        boolean[][] kept = kept(view);
        long whole =
                Arrays.stream(kept).filter(token -> count(token) == DIMENSIONS).count();
        assertThat(Arrays.stream(kept).filter(token -> count(token) == 0)).hasSize(length - (int) whole);
        assertThat(whole).isEqualTo(length - (int) (rate * length)).isPositive();
        assertThat(view.ids()).isEqualTo(text.ids());
        assertThat(view).isEqualTo(new TokenCutoff(rate).of(text, DIMENSIONS, new SplittableRandom(seed)));
    }

    @Property(tries = 300)
    void soManyFeaturesAreCutOffOfEveryToken(
            @ForAll @IntRange(min = 1, max = 60) int length,
            @ForAll @DoubleRange(min = 0, max = .9) double rate,
            @ForAll long seed) {
        // Given
        Tokens text = text(length);

        // When
        Tokens view = new FeatureCutoff(rate).of(text, DIMENSIONS, new SplittableRandom(seed));

        // Then
        boolean[][] kept = kept(view);
        assertThat(count(kept[0])).isEqualTo(DIMENSIONS - (int) (rate * DIMENSIONS));
        assertThat(List.of(kept)).allSatisfy(token -> assertThat(token).isEqualTo(kept[0]));
        assertThat(view).isEqualTo(new FeatureCutoff(rate).of(text, DIMENSIONS, new SplittableRandom(seed)));
    }

    @Test
    void whatTextsLackIsLaidEndToEndAndStaysWithTheTextWhenItIsRenumbered() {
        // Given
        Tokens whole = text(3);
        Tokens lacking = new SeveralViews(List.of(new TokenCutoff(.5), new FeatureCutoff(.5)))
                .of(text(4), 4, new SplittableRandom(1))
                .with(new int[] {9, 9, 9, 9});

        // When
        byte[] kept = Cutoff.kept(List.of(whole, lacking, whole), 4);

        // Then of two tokens two features are left
        assertThat(kept).hasSize(10 * 4);
        assertThat(IntStream.range(0, 12).allMatch(i -> kept[i] == 1 && kept[28 + i] == 1))
                .isTrue();
        assertThat(IntStream.range(12, 28).filter(i -> kept[i] == 1)).hasSize(4);
    }

    @Test
    void whereNothingIsCutOffNothingIsLaid() {
        assertThat(Cutoff.kept(List.of(text(3), text(4)), DIMENSIONS)).isEmpty();
    }

    @Test
    void onlyASecondViewIsChangedAndItIsTheSameEveryTime() {
        // Given
        List<Labeled> examples = List.of(
                new Labeled("when will my new card be here", Optional.empty()),
                new Labeled("i have lost my card", Optional.of("card lost")),
                new Labeled("change my pin at the machine", Optional.empty()));
        View view = new SeveralViews(
                List.of((text, random) -> text + " please", new PositionShuffle(), new FeatureCutoff(.2)));
        try (TextTokenizer tokenizer = TextTokenizer.load(Models.random(folder, 0))) {
            Supplier<List<Tokens>> tokenized = () -> BatchTexts.of(examples, view, Prompts.NONE, 7)
                    .tokenized(tokenizer, DIMENSIONS, Optional.empty())
                    .texts();

            // When
            List<Tokens> texts = tokenized.get();

            // Then
            List<Tokens> unchanged = tokenizer.tokenize(List.of(
                    examples.get(0).anchor(),
                    examples.get(0).anchor() + " please",
                    examples.get(1).anchor(),
                    "card lost",
                    examples.get(2).anchor(),
                    examples.get(2).anchor() + " please"));
            assertThat(texts).isEqualTo(tokenized.get()).hasSameSizeAs(unchanged);
            for (int i = 0; i < texts.size(); i++) {
                boolean second = i == 1 || i == 5;
                assertThat(texts.get(i).equals(unchanged.get(i))).isEqualTo(!second);
                assertThat(texts.get(i).length()).isEqualTo(unchanged.get(i).length());
                assertThat(Cutoff.kept(List.of(texts.get(i)), DIMENSIONS).length > 0)
                        .isEqualTo(second);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-.1, .91, Double.NaN})
    void anotherRateIsRefused(double rate) {
        assertThatThrownBy(() -> new TokenCutoff(rate)).hasMessageContaining("[0, 0.9], but is " + rate);
        assertThatThrownBy(() -> new FeatureCutoff(rate)).hasMessageContaining("[0, 0.9], but is " + rate);
    }

    private static Tokens text(int length) {
        return new Tokens(IntStream.range(100, 100 + length).toArray(), false);
    }

    /** By token and feature. */
    private static boolean[][] kept(Tokens text) {
        byte[] kept = Cutoff.kept(List.of(text), DIMENSIONS);
        boolean[][] tokens = new boolean[text.length()][DIMENSIONS];
        for (int i = 0; i < text.length() * DIMENSIONS; i++) {
            tokens[i / DIMENSIONS][i % DIMENSIONS] = kept.length == 0 || kept[i] == 1;
        }
        return tokens;
    }

    private static int count(boolean[] kept) {
        return (int) IntStream.range(0, kept.length).filter(i -> kept[i]).count();
    }
}
