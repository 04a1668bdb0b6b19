package dev.millrace.encoder;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** langchain4j's own clients of two APIs, told nothing but the address and the model's name. */
@QuarkusTest
final class LangChain4jTest {
    private static final String WEIGHTS = "rest";

    @Inject
    CheckpointStore store;

    @TestHTTPResource("/")
    URL address;

    @BeforeEach
    void serve() {
        ServedOnce.version(store, WEIGHTS);
        Await.until(() -> given().get("/health").statusCode() == 200);
    }

    private enum Api {
        OPENAI,
        OLLAMA
    }

    private EmbeddingModel client(Api api, String model) {
        return switch (api) {
            case OPENAI ->
                OpenAiEmbeddingModel.builder()
                        .baseUrl(address + "v1")
                        .apiKey("any")
                        .modelName(model)
                        .maxRetries(0)
                        .build();
            case OLLAMA ->
                OllamaEmbeddingModel.builder()
                        .baseUrl(address.toString())
                        .modelName(model)
                        .maxRetries(0)
                        .build();
        };
    }

    @ParameterizedTest
    @EnumSource
    void segmentsAreAnsweredInTheirOrder(Api api) {
        // Given
        final EmbeddingModel model = client(api, "stable");

        // When
        final Response<List<Embedding>> response =
                model.embedAll(List.of(TextSegment.from("a"), TextSegment.from("bc")));

        // Then
        assertThat(response.content()).hasSize(2);
        assertThat(response.content().get(1).vector()).containsExactly(FakeModels.vector(WEIGHTS, "bc"));
        assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalReachesTheCallerInOurWords(Api api) {
        // Given
        final EmbeddingModel model = client(api, "nothing");

        // When, Then
        assertThatThrownBy(() -> model.embed("a")).hasMessageContaining("model nothing is not served here");
    }
}
