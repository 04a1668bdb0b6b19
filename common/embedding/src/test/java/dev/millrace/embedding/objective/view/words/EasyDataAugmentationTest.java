package dev.millrace.embedding.objective.view.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedding.objective.view.View;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EasyDataAugmentationTest {
    private static final Synonyms SYNONYMS = synonyms(
            "good\tgreat,very fine", "card\tpiece of plastic", "works\truns, is not broken", "喜欢\t喜爱", "系统\t平台");
    private static final List<String> NEGATIONS = List.of(
            "not", "no", "never", "don't", "didn’t", "WON'T", "cannot", "without", "dont", "nicht", "keine", "ohne",
            "n'ai", "pas", "jamais", "sans", "nunca", "jamás", "sin", "not-so", "not,", "不", "没");
    private static final List<String> CHINESE_NEGATIONS = List.of("不", "没");

    @Property(tries = 2000)
    void aNegationAndItsNeighboursStayTogether(
            @ForAll("negatingTexts") List<String> words,
            @ForAll @DoubleRange(min = 0, max = 1) double rate,
            @ForAll long seed) {
        // Given
        String text = String.join(" ", words);

        // When
        String view = new EasyDataAugmentation(rate, SYNONYMS).of(text, new SplittableRandom(seed));

        // Then the word before, and two behind
        for (int i = 0; i < words.size(); i++) {
            if (NEGATIONS.contains(words.get(i))) {
                assertThat(view)
                        .contains(String.join(" ", words.subList(Math.max(0, i - 1), Math.min(words.size(), i + 3))));
            }
        }
        assertThat(negations(view)).isEqualTo(negations(text));
    }

    @Property(tries = 2000)
    void aNegatingCharacterStaysByWhatItNegates(
            @ForAll("chineseTexts") List<String> characters,
            @ForAll @DoubleRange(min = 0, max = 1) double rate,
            @ForAll long seed) {
        // Given
        String text = String.join("", characters);

        // When
        String view = new EasyDataAugmentation(rate, SYNONYMS).of(text, new SplittableRandom(seed));

        // Then
        for (int i = 0; i < characters.size(); i++) {
            if (CHINESE_NEGATIONS.contains(characters.get(i))) {
                assertThat(view)
                        .contains(String.join(
                                "", characters.subList(Math.max(0, i - 1), Math.min(characters.size(), i + 4))));
            }
        }
        assertThat(negations(view)).isEqualTo(negations(text));
    }

    @Property(tries = 1000)
    void theSameTextAndSeedGiveTheSameViewWhichIsNeverEmpty(
            @ForAll("anyTexts") String text, @ForAll @DoubleRange(min = 0, max = 1) double rate, @ForAll long seed) {
        // Given
        View view = new EasyDataAugmentation(rate, SYNONYMS);

        // When
        String seen = view.of(text, new SplittableRandom(seed));

        // Then
        assertThat(seen).isEqualTo(view.of(text, new SplittableRandom(seed)));
        assertThat(seen.isBlank()).isEqualTo(text.isBlank());
        assertThat(Wording.of(seen, Synonyms.NONE).words().isEmpty())
                .isEqualTo(Wording.of(text, Synonyms.NONE).words().isEmpty());
    }

    @Property(tries = 500)
    void wordsAreSwappedOrSoManyAreLeftOut(
            @ForAll @IntRange(min = 2, max = 40) int count,
            @ForAll @DoubleRange(min = 0, max = 1) double rate,
            @ForAll long seed) {
        // Given
        List<String> words = IntStream.range(0, count).mapToObj(i -> "w" + i).toList();

        // When
        String view =
                new EasyDataAugmentation(rate, Synonyms.NONE).of(String.join(" ", words), new SplittableRandom(seed));

        // Then
        List<String> seen = List.of(view.split(" "));
        if (seen.size() == count) {
            assertThat(seen).containsExactlyInAnyOrderElementsOf(words);
        } else {
            assertThat(seen).hasSize(Math.max(1, count - Math.max(1, (int) (rate * count))));
            assertThat(seen).isEqualTo(words.stream().filter(seen::contains).toList());
        }
    }

    @Test
    void allFourKindsComeAsOftenAsEachOther() {
        // Given
        View view = new EasyDataAugmentation(.1, synonyms("good\tgreat"));
        SplittableRandom random = new SplittableRandom(1);

        // When
        List<String> views =
                Stream.generate(() -> view.of("a good one", random)).limit(4000).toList();

        // Then
        assertThat(views.stream().filter(seen -> seen.equals("a great one")).count())
                .isBetween(900L, 1100L);
        assertThat(views.stream().filter(seen -> seen.split(" ").length == 4).distinct())
                .containsExactlyInAnyOrder("great a good one", "a great good one", "a good great one");
        assertThat(views.stream().filter(seen -> seen.split(" ").length == 2).distinct())
                .containsExactlyInAnyOrder("a good", "a one", "good one");
        assertThat(views.stream().filter(seen -> seen.length() == 10).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("good a one", "one good a", "a one good");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Is it good, or not?| Is, it, good, or, not",
                "(works) — 'really'!| works, really",
                "don’t pay 3.14 €/month at a.b@c.de.| don’t, pay, 3.14, €/month, at, a.b@c.de",
                "我喜欢iPhone，但是系统不好用。| 我, 喜欢, iPhone, 但, 是, 系统, 不, 好, 用",
                "カードが届かない| カードが, 届, かない",
                "𠀀𠀁 𠀂| 𠀀, 𠀁, 𠀂",
                "?!|",
            })
    void textsAreCutIntoWords(String text, String words) {
        // When
        Wording wording = Wording.of(text, SYNONYMS);

        // Then
        assertThat(String.join(", ", wording.words())).isEqualTo(words == null ? "" : words);
        assertThat(wording.text(wording.places())).isEqualTo(text);
    }

    @Test
    void whatMovesIsNotRunIntoWhatItComesTo() {
        // Given
        String text = "买iPhone吧 good";
        View view = new EasyDataAugmentation(.3, Synonyms.NONE);
        SplittableRandom random = new SplittableRandom(1);

        // When
        Set<String> views = IntStream.range(0, 500)
                .mapToObj(i -> view.of(text, random))
                .collect(Collectors.toCollection(TreeSet::new));

        // Then
        assertThat(views)
                .containsExactlyInAnyOrder(
                        "iPhone买吧 good",
                        "吧iPhone买 good",
                        "good iPhone吧 买",
                        "买吧iPhone good",
                        "买good吧 iPhone",
                        "买iPhone good 吧",
                        "iPhone吧 good",
                        "买吧 good",
                        "买iPhone good",
                        "买iPhone吧");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not good", "不喜欢", "!?", "", "x", "do not"})
    void whereNothingMayChangeTheTextIsItsOwnView(String text) {
        // When
        String view = new EasyDataAugmentation(1, Synonyms.NONE).of(text, new SplittableRandom(1));

        // Then
        assertThat(view).isEqualTo(text);
    }

    @Test
    void aMillionCharactersAreSeenInTime() {
        // Given words, and what is none
        String text = "a!!!! ".repeat(100_000) + "!".repeat(200_000) + "不好".repeat(100_000);

        // When
        String view = new EasyDataAugmentation(.1, SYNONYMS).of(text, new SplittableRandom(1));

        // Then
        assertThat(view.length()).isGreaterThan(text.length() / 2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-.1, 1.1, Double.NaN})
    void anotherRateIsRefused(double rate) {
        assertThatThrownBy(() -> new EasyDataAugmentation(rate, Synonyms.NONE))
                .hasMessageContaining("[0, 1]")
                .hasMessageContaining(Double.toString(rate));
    }

    @Provide
    Arbitrary<List<String>> negatingTexts() {
        Arbitrary<String> word = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.of(NEGATIONS)),
                Tuple.of(9, Arbitraries.of("good", "card,", "works", "so", "a", "because", "12:30", "tomorrow!")));
        return word.list().ofMinSize(1).ofMaxSize(30);
    }

    @Provide
    Arbitrary<List<String>> chineseTexts() {
        return Arbitraries.of(List.of("不", "没", "我", "喜", "欢", "系", "统", "登", "录", "的", "卡", "到"))
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }

    @Provide
    Arbitrary<String> anyTexts() {
        return Combinators.combine(Arbitraries.strings().ofMaxLength(30), negatingTexts(), chineseTexts())
                .as((any, words, characters) -> any
                        + String.join(" ", words.subList(0, words.size() / 2))
                        + String.join("", characters.subList(0, characters.size() / 2)));
    }

    private static List<String> negations(String text) {
        List<String> all = new ArrayList<>(Arrays.asList(text.split("[\\s,()]+|(?=[不没])|(?<=[不没])")));
        all.retainAll(NEGATIONS);
        return all.stream().sorted().toList();
    }

    private static Synonyms synonyms(String... lines) {
        try {
            Path file = Files.createTempFile("millrace", "synonyms");
            file.toFile().deleteOnExit();
            return Synonyms.read(Files.writeString(file, String.join("\n", lines)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
