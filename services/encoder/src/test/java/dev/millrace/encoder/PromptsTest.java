package dev.millrace.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedding.model.InputType;
import dev.millrace.encoder.request.EmbeddingsRequest;
import dev.millrace.encoder.request.PromptChoice;
import dev.millrace.encoder.request.RequestFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of a version that reads q before queries, d before passages, and s by default. */
final class PromptsTest {
    private static final String WEIGHTS = "prompted";

    @TempDir
    Path folder;

    private Rig rig;

    @BeforeEach
    void serve() throws IOException {
        rig = new Rig(folder, Rig.QUEUE, Duration.ofSeconds(30));
        rig.serve(WEIGHTS);
    }

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @ParameterizedTest
    @CsvSource({"UNSAID, , stext", "QUERY, , qtext", "DOCUMENT, , dtext", "UNSAID, query, qtext", "DOCUMENT, sts, stext"
    })
    void whatTheCallerSaysOfATextChoosesWhatStandsBeforeIt(InputType type, String name, String read) {
        // Given
        final PromptChoice prompt = new PromptChoice(type, Optional.ofNullable(name));

        // When
        final float[] vector = rig.ask(new EmbeddingsRequest.Texts(List.of("text")), prompt, Optional.empty())
                .join()
                .vectors()
                .get(0);

        // Then
        assertThat(vector).containsExactly(FakeModels.vector(WEIGHTS, read));
    }

    @Test
    void aPromptThatTheVersionHasNotIsRefusedByItsField() {
        // Given
        final PromptChoice prompt = new PromptChoice(InputType.QUERY, Optional.of("clustering"));

        // When, Then
        assertThatThrownBy(() -> rig.ask(new EmbeddingsRequest.Texts(List.of("text")), prompt, Optional.empty())
                        .join())
                .hasCauseInstanceOf(RequestFailedException.class)
                .hasMessageContaining("must be one of this version's prompts [passage, query, sts]");
    }

    @Test
    void tokensOfTheModelsOwnTokenizerHaveNothingBeforeThemAndAreRefusedWhereSomethingIsAskedFor() {
        // Given
        final EmbeddingsRequest.Input tokens = new EmbeddingsRequest.TokenArrays(List.of(new int[] {0, 'h', 'i'}));
        final PromptChoice query = new PromptChoice(InputType.QUERY, Optional.empty());

        // When
        final float[] vector = rig.ask(tokens, PromptChoice.NONE, Optional.empty())
                .join()
                .vectors()
                .get(0);

        // Then
        assertThat(vector).containsExactly(FakeModels.vector(WEIGHTS, "\0hi"));
        assertThatThrownBy(() -> rig.ask(tokens, query, Optional.empty()).join())
                .hasCauseInstanceOf(RequestFailedException.class)
                .hasMessageContaining("has no place before token arrays");
    }
}
