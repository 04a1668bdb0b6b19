package dev.millrace.encoder;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.startsWith;

import dev.millrace.checkpoints.lineage.CheckpointStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Ollama is asked for vectors, and how it answers. */
@QuarkusTest
final class OllamaTest {
    private static final String WEIGHTS = "rest";

    @Inject
    CheckpointStore store;

    @TestHTTPResource("/api/embed")
    URI embed;

    @BeforeEach
    void serve() {
        ServedOnce.version(store, WEIGHTS);
        Await.until(() -> given().get("/health").statusCode() == 200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"model":"stable","input":"hi"}                                       | stable
        {"model":"stable:latest","input":["hi"],"keep_alive":"5m"}            | stable
        {"model":"stable","input":["hi"],"options":{"num_ctx":2,"seed":1}}    | stable
        {"model":"stable","input":"hi","truncate":false,"options":{}}         | stable
        """)
    void textsAreAnsweredByVectorsUnderTheNameAskedFor(String body, String model) {
        // When
        final Response response = post("/api/embed", body);

        // Then
        response.then()
                .statusCode(200)
                .body("model", equalTo(model))
                .body("prompt_eval_count", equalTo(2))
                .body("total_duration", greaterThan(0));
        assertThat(JsonFloats.at(response, "embeddings[0]")).containsExactly(FakeModels.vector(WEIGHTS, "hi"));
    }

    @Test
    void theOlderWayIsOneVectorAndNothingElse() {
        // When
        final Response response = post("/api/embeddings", "{\"model\":\"stable\",\"prompt\":\"hi\"}");

        // Then
        assertThat(JsonFloats.at(response, "embedding")).containsExactly(FakeModels.vector(WEIGHTS, "hi"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain"})
    void bodiesOfAnyTypeAreReadAsCurlSendsThem(String type) throws Exception {
        // Given
        final HttpRequest request = HttpRequest.newBuilder(embed)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"stable\",\"input\":\"hi\"}"))
                .build();

        // When
        final HttpResponse<String> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"model":"stable"}                                                | 400 | input
        {"model":"stable","input":[1]}                                    | 400 | input[0]
        {"model":"stable","input":["a","\\u200b"]}                        | 400 | input[1]
        {"model":"stable","input":["a","bc"],"options":{"num_ctx":1}}     | 400 | input[1]
        {"model":"stable","input":"a","dimensions":9}                     | 400 | dimensions
        {"model":"all-minilm","input":"a"}                                | 404 | model
        """)
    void aBadRequestIsASentence(String body, int status, String field) {
        // When
        final Response response = post("/api/embed", body);

        // Then
        response.then().statusCode(status).body("error", startsWith(field + " "));
    }

    private static Response post(String path, String body) {
        return given().contentType("application/json").body(body).post(path);
    }
}
