package dev.millrace.embedding.objective.view.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedding.model.Prompts;
import dev.millrace.embedding.objective.batch.BatchTexts;
import dev.millrace.embedding.objective.batch.ContrastiveExample;
import dev.millrace.embedding.objective.batch.Row;
import dev.millrace.embedding.objective.batch.Side;
import dev.millrace.embedding.objective.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordRepetitionTest {
    private record Bare(String anchor) implements ContrastiveExample {
        @Override
        public Optional<String> second() {
            return Optional.empty();
        }

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

    @Property
    void wordsAreSaidTwiceAtMostAndNoneIsLost(
            @ForAll @IntRange(min = 1, max = 40) int count,
            @ForAll @DoubleRange(min = 0, max = 1) double rate,
            @ForAll long seed) {
        // Given
        List<String> words = IntStream.range(0, count).mapToObj(i -> "w" + i).toList();

        // When
        String view = new WordRepetition(rate).of(String.join(" ", words), new SplittableRandom(seed));

        // Then
        List<String> said = List.of(view.split(" "));
        assertThat(new ArrayList<>(said.stream().distinct().toList())).isEqualTo(words);
        assertThat(said.stream().sorted().toList()).hasSizeBetween(count, count + Math.max(2, (int) (rate * count)));
        IntStream.range(2, said.size()).forEach(i -> assertThat(said.get(i)).isNotEqualTo(said.get(i - 2)));
    }

    @Test
    void ofATextWithoutSpacesCharactersAreSaidTwice() {
        // Given
        SplittableRandom random = new SplittableRandom(1);

        // When
        Set<String> views = IntStream.range(0, 200)
                .mapToObj(i -> new WordRepetition(.32).of("卡还没到。", random))
                .collect(Collectors.toSet());

        // Then
        assertThat(views)
                .hasSize(1 + 4 + 6)
                .contains("卡还没到。", "卡卡还没到。", "卡还没到到。", "卡还还没没到。")
                .allSatisfy(view -> assertThat(view).hasSizeBetween(5, 7));
    }

    @Test
    void halfTheViewsOfALongTextAreLonger() {
        // Given
        String text = "when will the new card that I asked for last week be in the mail at last";
        SplittableRandom random = new SplittableRandom(1);

        // When
        long longer = IntStream.range(0, 100)
                .filter(i -> new WordRepetition(.32).of(text, random).length() > text.length())
                .count();

        // Then
        assertThat(longer).isBetween(70L, 95L);
    }

    @ParameterizedTest
    @CsvSource({"20, lost my card again", "12, lost my card"})
    void aViewThatIsOfNoUseIsTheTextItself(int longest, String expected) {
        // Given
        View again = (text, random) -> text + " again";

        // When
        String view = again.orItself(seen -> seen.length() <= longest).of("lost my card", new SplittableRandom(1));

        // Then
        assertThat(view).isEqualTo(expected);
    }

    @Test
    void aBareTextIsDrawnToItsViewAndPushedFromNoneOfItsOwn() {
        // Given
        List<Bare> texts = List.of(new Bare("lost my card"), new Bare("change my pin"));

        // When
        BatchTexts batch = BatchTexts.of(texts, (text, random) -> text + " again", Prompts.NONE, 1);

        // Then
        assertThat(batch.texts())
                .containsExactly("lost my card", "lost my card again", "change my pin", "change my pin again");
        Row first = batch.roles().rows(Side.ANCHORS).get(0);
        assertThat(first.positive()).isEqualTo(1);
        assertThat(first.candidates().stream().boxed()).containsExactly(1, 3);
    }
}
