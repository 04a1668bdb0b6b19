package dev.millrace.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stock client, told nothing but the address. */
@QuarkusTest
final class OpenAiClientTest {
    private static final String WEIGHTS = "rest";

    @Inject
    CheckpointStore store;

    @TestHTTPResource("/v1")
    URL address;

    private OpenAIClient client;
    private String version;

    @BeforeEach
    void connect() {
        version = ServedOnce.version(store, WEIGHTS);
        client = OpenAIOkHttpClient.builder()
                .baseUrl(address.toString())
                .apiKey("any")
                .maxRetries(5)
                .build();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void vectorsOfSeveralTexts() {
        // Given
        final EmbeddingCreateParams params = EmbeddingCreateParams.builder()
                .model("text-embedding-3-small")
                .inputOfArrayOfStrings(List.of("a", "b"))
                .build();

        // When
        final CreateEmbeddingResponse response = client.embeddings().create(params);

        // Then
        assertThat(response.model()).isEqualTo(version);
        assertThat(response.usage().promptTokens()).isEqualTo(2);
        assertThat(response.data()).hasSize(2);
        assertThat(response.data().get(1).embedding()).containsExactly(boxed(FakeModels.vector(WEIGHTS, "b")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 2048})
    void asManyTextsAsOpenAiTakes(int count) {
        // Given
        final List<String> texts =
                IntStream.range(0, count).mapToObj(Integer::toString).toList();
        final EmbeddingCreateParams params = EmbeddingCreateParams.builder()
                .model("text-embedding-3-small")
                .inputOfArrayOfStrings(texts)
                .build();

        // When
        final CreateEmbeddingResponse response = client.embeddings().create(params);

        // Then
        assertThat(response.data()).hasSize(count);
        assertThat(response.data().get(count - 1).embedding())
                .containsExactly(boxed(FakeModels.vector(WEIGHTS, Integer.toString(count - 1))));
    }

    @Test
    void aLongTextBesideAShortOne() {
        // Given
        final EmbeddingCreateParams params = EmbeddingCreateParams.builder()
                .model("text-embedding-3-small")
                .inputOfArrayOfStrings(List.of("hi", "river ".repeat(1500)))
                .build();

        // When
        final CreateEmbeddingResponse response = client.embeddings().create(params);

        // Then
        assertThat(response.data()).hasSize(2);
    }

    @Test
    void tokenArraysAsOpenAisTokenizerMakesThem() {
        // Given
        final EmbeddingCreateParams params = EmbeddingCreateParams.builder()
                .model("text-embedding-3-small")
                .inputOfArrayOfTokenArrays(List.of(List.of(15339L, 1917L), List.of(64L)))
                .build();

        // When
        final CreateEmbeddingResponse response = client.embeddings().create(params);

        // Then
        assertThat(response.data().get(0).embedding())
                .containsExactly(boxed(FakeModels.vector(WEIGHTS, "hello world")));
    }

    @Test
    void floatsAndFewerDimensions() {
        // Given
        final EmbeddingCreateParams params = EmbeddingCreateParams.builder()
                .model("stable")
                .input("a")
                .encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT)
                .dimensions(3)
                .build();

        // When
        final CreateEmbeddingResponse response = client.embeddings().create(params);

        // Then
        assertThat(response.data().get(0).embedding()).hasSize(3);
    }

    @Test
    void theListOfModels() {
        // When
        final List<Model> models = client.models().list().data();

        // Then
        assertThat(models).extracting(Model::id).contains("stable", version);
    }

    @Test
    void refusalsAreTheClientsOwnExceptionsWithOurWords() {
        // Given
        final EmbeddingCreateParams empty =
                EmbeddingCreateParams.builder().model("stable").input("").build();
        final EmbeddingCreateParams unknown =
                EmbeddingCreateParams.builder().model("nothing").input("a").build();

        // When, Then
        assertThatThrownBy(() -> client.embeddings().create(empty))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("input has 0 characters");
        assertThatThrownBy(() -> client.embeddings().create(unknown))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("model nothing is not served here");
    }

    private static Float[] boxed(float[] vector) {
        final Float[] boxed = new Float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            boxed[i] = vector[i];
        }
        return boxed;
    }
}
