package dev.millrace.encoder;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.millrace.checkpoints.lineage.CheckpointStore;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Cohere's embed is asked, and how it answers. */
@QuarkusTest
final class CohereTest {
    private static final String WEIGHTS = "rest";

    @Inject
    CheckpointStore store;

    @BeforeEach
    void serve() {
        ServedOnce.version(store, WEIGHTS);
        Await.until(() -> given().get("/health").statusCode() == 200);
    }

    @Test
    void theFirstVersionAnswersWithBareFloats() {
        // When
        final Response response = post("/v1/embed", "{\"texts\":[\"a\",\"bc\"],\"model\":\"stable\"}");

        // Then
        response.then()
                .statusCode(200)
                .body("response_type", equalTo("embeddings_floats"))
                .body("id", notNullValue())
                .body("texts", equalTo(List.of("a", "bc")))
                .body("meta.api_version.version", equalTo("1"))
                .body("meta.billed_units.input_tokens", equalTo(3));
        assertThat(JsonFloats.at(response, "embeddings[1]")).containsExactly(FakeModels.vector(WEIGHTS, "bc"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /v1/embed | {"texts":["hi"],"embedding_types":["float"],"input_type":"search_query"}
        /v2/embed | {"texts":["hi"],"embedding_types":["float"],"input_type":"search_document","truncate":"END"}
        /v2/embed | {"texts":["hi"],"input_type":"clustering","truncate":"START","max_tokens":2}
        /v2/embed | {"inputs":[{"content":[{"type":"text","text":"hi"}]}],"input_type":"classification","priority":1}
        """)
    void vectorsByType(String path, String body) {
        // When
        final Response response = post(path, body);

        // Then
        response.then()
                .statusCode(200)
                .body("response_type", equalTo("embeddings_by_type"))
                .body("texts", equalTo(List.of("hi")));
        assertThat(JsonFloats.at(response, "embeddings.float[0]")).containsExactly(FakeModels.vector(WEIGHTS, "hi"));
    }

    @Test
    void bitsAreThoseOfNumpysPackbits() {
        // Given
        final String body =
                "{\"texts\":[\"hi\"],\"input_type\":\"search_query\",\"embedding_types\":[\"ubinary\",\"binary\"]}";
        int bits = 0;
        for (float value : FakeModels.vector(WEIGHTS, "hi")) {
            bits = bits * 2 + (value > 0 ? 1 : 0);
        }

        // When
        final Response response = post("/v2/embed", body);

        // Then
        response.then()
                .body("embeddings.ubinary[0]", equalTo(List.of(bits)))
                .body("embeddings.binary[0]", equalTo(List.of(bits - 128)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"texts":[]}                                                     | texts
        {"texts":"a"}                                                    | texts
        {"texts":["a",""]}                                               | texts[1]
        {"texts":["a"],"images":["data:"]}                               | images
        {"texts":["a"],"input_type":"image"}                             | input_type
        {"texts":["a"],"embedding_types":["int8"]}                       | embedding_types[0]
        {"texts":["a"],"truncate":"MIDDLE"}                              | truncate
        {"texts":["a","bc"],"max_tokens":1}                              | texts[1]
        {"texts":["a"],"output_dimension":9}                             | output_dimension
        {"inputs":[{"content":[{"type":"image_url","image_url":{}}]}]}   | inputs[0].content[0].image_url
        {"inputs":[{"content":[]}]}                                      | inputs[0].content
        """)
    void aBadRequestIsRefusedByField(String body, String field) {
        // When
        final Response response = post("/v2/embed", body);

        // Then
        response.then().statusCode(400).body("message", startsWith(field + " "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/embed", "/v2/embed"})
    void aModelNobodyHasIs404(String path) {
        // When
        final Response response = post(path, "{\"texts\":[\"a\"],\"model\":\"embed-v4.0\"}");

        // Then
        response.then().statusCode(404).body("message", startsWith("model embed-v4.0 is not served here"));
    }

    private static Response post(String path, String body) {
        return given().contentType("application/json").body(body).post(path);
    }
}
