package dev.millrace.trainer.learning.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.trainer.learning.vectors.Vectors;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GoldenTextsTest {
    private static final Vectors SERVED =
            (type, texts) -> texts.stream().map(text -> new float[] {1, 0}).toArray(float[][]::new);
    private static final Vectors NEXT =
            (type, texts) -> texts.stream().map(text -> new float[] {0, 1}).toArray(float[][]::new);

    @Test
    void aFullSetLetsTheFirstGoForOneMore() {
        // Given
        GoldenTexts full = GoldenTexts.first(texts(0, 40), SERVED);

        // When
        GoldenTexts renewed = full.with("new", SERVED);

        // Then
        assertThat(full.texts()).isEqualTo(texts(0, 32));
        assertThat(renewed.texts()).hasSize(32).startsWith("text1").endsWith("text31", "new");
        assertThat(renewed.vectors()).hasSize(32);
    }

    @Test
    void aSmallSetGrowsAndNoTextComesTwice() {
        // Given
        GoldenTexts small = GoldenTexts.first(List.of("a", "b"), SERVED);

        // When
        GoldenTexts renewed = small.with("c", SERVED).with("a", SERVED);

        // Then
        assertThat(renewed.texts()).containsExactly("a", "b", "c");
    }

    @Test
    void aNewTextBringsTheVectorOfTheVersionThatSeesIt() {
        // Given what a version that moved far is published with
        GoldenTexts moved = GoldenTexts.first(texts(0, 32), SERVED).seenBy(NEXT).with("new", NEXT);

        // When it is served and the one after stays where it is
        double drift = moved.drift(moved.seenBy(NEXT));

        // Then
        assertThat(drift).isZero();
        assertThat(moved.drift(moved.seenBy(SERVED))).isEqualTo(1);
    }

    private static List<String> texts(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "text" + i).toList();
    }
}
