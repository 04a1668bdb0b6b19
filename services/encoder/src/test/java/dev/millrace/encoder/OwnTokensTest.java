package dev.millrace.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedding.files.ModelFolder;
import dev.millrace.embedding.text.TextTokenizer;
import dev.millrace.embedding.text.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a tokenizer that puts 2 before and 3 behind every text; a native library is loaded by one class loader of a process only. */
@QuarkusTest
final class OwnTokensTest {
    @TempDir
    private Path folder;

    private TextTokenizer tokenizer;
    private ModelFolder model;
    private OwnTokens own;

    @BeforeEach
    void load() throws Exception {
        model = ModelFolder.read(TinyBert.write(folder.resolve("model"), 1));
        tokenizer = TextTokenizer.load(model);
        own = OwnTokens.of(tokenizer, model);
    }

    @AfterEach
    void close() {
        tokenizer.close();
    }

    @Test
    void whatTheTokenizerGaveIsTakenAsItIs() {
        // Given
        final Tokens given = tokenizer.tokenize("w4 w5");

        // When
        final Tokens taken = own.tokens(given.ids());

        // Then
        assertThat(taken).isEqualTo(given);
    }

    @Test
    void whatTheModelDoesNotReadIsCutAsOfAText() {
        // Given
        final int[] ids = new int[model.maxTokens() + 10];
        Arrays.fill(ids, 4);
        ids[0] = 2;
        ids[ids.length - 1] = 3;

        // When
        final Tokens taken = own.tokens(ids);

        // Then
        assertThat(taken).isEqualTo(tokenizer.tokenize("w4 ".repeat(ids.length)));
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
