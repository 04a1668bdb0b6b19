package dev.millrace.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedding.text.Tokens;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a tokenizer that puts 2 before and 3 behind every text, of a model of 32 tokens that reads 16. */
final class OwnTokensTest {
    private static final int VOCABULARY = 32;
    private static final int MAX_TOKENS = 16;
    private static final int UNKNOWN = 1;

    private final OwnTokens own = OwnTokens.of(OwnTokensTest::tokenize, VOCABULARY, MAX_TOKENS);

    /** Word wN is token N; what does not fit is dropped, what closes every text stays. */
    private static Tokens tokenize(String text) {
        final int[] words = Arrays.stream(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .mapToInt(word -> word.startsWith("w") ? Integer.parseInt(word.substring(1)) : UNKNOWN)
                .toArray();
        final IntStream kept = Arrays.stream(words).limit(MAX_TOKENS - 2);
        final int[] ids = IntStream.concat(IntStream.concat(IntStream.of(2), kept), IntStream.of(3))
                .toArray();
        return new Tokens(ids, words.length > MAX_TOKENS - 2);
    }

    @Test
    void whatTheTokenizerGaveIsTakenAsItIs() {
        // Given
        final Tokens given = tokenize("w4 w5");

        // When
        final Tokens taken = own.tokens(given.ids());

        // Then
        assertThat(taken).isEqualTo(given);
    }

    @Test
    void whatTheModelDoesNotReadIsCutAsOfAText() {
        // Given
        final int[] ids = new int[MAX_TOKENS + 10];
        Arrays.fill(ids, 4);
        ids[0] = 2;
        ids[ids.length - 1] = 3;

        // When
        final Tokens taken = own.tokens(ids);

        // Then
        assertThat(taken).isEqualTo(tokenize("w4 ".repeat(ids.length)));
        assertThat(taken.truncated()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4,5", "2,4,5", "4,5,3", "15339,1917", "2,3", "3", "2,4,99999,3"})
    void anotherTokenizersAreRefused(String ids) {
        // Given
        final int[] array =
                Arrays.stream(ids.split(",")).mapToInt(Integer::parseInt).toArray();

        // When, Then
        assertThatThrownBy(() -> own.tokens(array)).isInstanceOf(IllegalArgumentException.class);
    }
}
