package dev.millrace.encoder;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.startsWith;

import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.encoder.http.dialect.Dialects;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
final class RestTest {
    private static final String WEIGHTS = "rest";

    @TestHTTPResource(management = true)
    URI management;

    @Inject
    CheckpointStore store;

    @Inject
    Dialects dialects;

    @TestHTTPResource("/v1/embeddings")
    URI embeddings;

    private String version;

    @BeforeEach
    void serve() {
        version = ServedOnce.version(store, WEIGHTS);
        Await.until(() -> given().get(management.resolve("health/ready")).statusCode() == 200);
    }

    @Test
    void vectorsComeInOrderWithTheVersionThatMadeThem() {
        // Given
        final RequestSpecification request = json("{\"input\":[\"a\",\"bc\"],\"model\":\"stable\",\"user\":\"u\"}");

        // When
        final Response response = request.post("/v1/embeddings");

        // Then
        response.then()
                .statusCode(200)
                .header("X-Millrace-Version", version)
                .header("X-Millrace-Space", Publisher.SPACE)
                .body("object", equalTo("list"))
                .body("model", equalTo(version))
                .body("usage.prompt_tokens", equalTo(3))
                .body("usage.total_tokens", equalTo(3))
                .body("data.index", equalTo(List.of(0, 1)))
                .body("data.object", equalTo(List.of("embedding", "embedding")));
        assertThat(JsonFloats.at(response, "data[1].embedding")).containsExactly(FakeModels.vector(WEIGHTS, "bc"));
    }

    @Test
    void base64IsLittleEndianFloats() {
        // Given
        final RequestSpecification request = json("{\"input\":\"a\",\"encoding_format\":\"base64\"}");

        // When
        final Response response = request.post("/v1/embeddings");

        // Then
        final byte[] bytes = Base64.getDecoder().decode(response.jsonPath().getString("data[0].embedding"));
        final float[] vector = new float[FakeModels.DIMENSIONS];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        assertThat(bytes).hasSize(FakeModels.DIMENSIONS * Float.BYTES);
        assertThat(vector).containsExactly(FakeModels.vector(WEIGHTS, "a"));
    }

    @Test
    void fewerDimensionsAreTheFirstOnesBroughtBackToNormOne() {
        // Given
        final float[] whole = FakeModels.vector(WEIGHTS, "a");
        final double norm = Math.hypot(whole[0], whole[1]);

        // When
        final Response response = json("{\"input\":\"a\",\"dimensions\":2}").post("/v1/embeddings");

        // Then
        assertThat(JsonFloats.at(response, "data[0].embedding")).hasSize(2);
        assertThat((double) JsonFloats.at(response, "data[0].embedding")[0]).isCloseTo(whole[0] / norm, within(1e-6));
        assertThat((double) JsonFloats.at(response, "data[0].embedding")[1]).isCloseTo(whole[1] / norm, within(1e-6));
    }

    @Test
    void whoAsksForHttp2AsJavasOwnClientDoesIsAnsweredInHttp11() throws Exception {
        // Given
        final HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        final HttpRequest request = HttpRequest.newBuilder(embeddings)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"input\":\"a\"}"))
                .build();

        // When
        final HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"model":"stable"}                                  | input
        {"input":[]}                                        | input
        {"input":""}                                        | input
        {"input":["a",""]}                                  | input[1]
        {"input":["a",{}]}                                  | input[1]
        {"input":[1,2,"3"]}                                 | input
        {"input":[1,2,3.5]}                                 | input
        {"input":[1,-2]}                                    | input
        {"input":[1,99999999999]}                           | input
        {"input":[[1,2],[]]}                                | input[1]
        {"input":[[1,2],3]}                                 | input[1]
        {"input":[[0,2],[1,2]]}                             | input[1]
        {"input":["a",[1]]}                                 | input[1]
        {"input":[100256],"model":"text-embedding-3-small"} | input[0]
        {"input":"half \\ud83d"}                            | input
        {"input":"a","model":7}                             | model
        {"input":"a","input_type":"search"}                 | input_type
        {"input":"a","input_type":7}                        | input_type
        {"input":"a","prompt_name":"query"}                 | prompt_name
        {"input":"a","encoding_format":"hex"}               | encoding_format
        {"input":"a","dimensions":0}                        | dimensions
        {"input":"a","dimensions":9}                        | dimensions
        {"input":"a","dimensions":"2"}                      | dimensions
        {"input":"a","dimensions":99999999999}              | dimensions
        """)
    void aBadRequestIsRefusedByField(String body, String field) {
        // When
        final Response response = json(body).post("/v1/embeddings");

        // Then
        response.then()
                .statusCode(400)
                .contentType(startsWith("application/problem+json"))
                .body("field", equalTo(field))
                .body("status", equalTo(400))
                .body("error.param", equalTo(field))
                .body("error.message", startsWith(field))
                .body("error.type", equalTo("invalid_request_error"));
    }

    @Test
    void aBodyAboveTheLimitIsAProblemThatNamesTheLimit() {
        // When
        final Response response = json(" ".repeat(1024 * 1024 + 1)).post("/v1/embeddings");

        // Then
        response.then()
                .statusCode(413)
                .contentType(startsWith("application/problem+json"))
                .body("title", equalTo("Request too large"))
                .body("detail", equalTo("the body must have at most 1048576 bytes"))
                .body("error.type", equalTo("invalid_request_error"));
    }

    @Test
    void oneTextTooManyIsRefusedByTheKey() {
        // When
        final Response response =
                json("{\"input\":[" + "\"a\",".repeat(2048) + "\"a\"]}").post("/v1/embeddings");

        // Then
        response.then()
                .statusCode(400)
                .body("detail", equalTo("holds more than 2048 texts (millrace.encoder.max-batch)"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = "[]\n{\"input\":\n{\"input\":\"\\x\"}\nnot json")
    void whatIsNoJsonObjectIsRefused(String body) {
        // When
        final Response response = json(body).post("/v1/embeddings");

        // Then
        response.then().statusCode(400).body("error.param", equalTo(null)).body("title", equalTo("Invalid request"));
    }

    @Test
    void tokenArraysOfOpenAisTokenizerAreDecodedUnderTheNameOfAModelOfTheirs() {
        // Given "hello world" and "a" in cl100k_base
        final RequestSpecification request =
                json("{\"input\":[[15339,1917],[64]],\"model\":\"text-embedding-3-small\"}");

        // When
        final Response response = request.post("/v1/embeddings");

        // Then
        assertThat(JsonFloats.at(response, "data[0].embedding"))
                .containsExactly(FakeModels.vector(WEIGHTS, "hello world"));
        assertThat(JsonFloats.at(response, "data[1].embedding")).containsExactly(FakeModels.vector(WEIGHTS, "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[0,104,105]", "[[0,104,105]]"})
    void tokenArraysOfTheModelsOwnTokenizerAreTaken(String input) {
        // Given
        final RequestSpecification request = json("{\"input\":" + input + "}");

        // When
        final Response response = request.post("/v1/embeddings");

        // Then
        assertThat(JsonFloats.at(response, "data[0].embedding")).containsExactly(FakeModels.vector(WEIGHTS, "\0hi"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"query", "document", "search_query", "search_document"})
    void aVersionWithoutPromptsEncodesTextsOfEveryTypeAlike(String type) {
        // When
        final Response response =
                json("{\"input\":\"a\",\"input_type\":\"" + type + "\"}").post("/v1/embeddings");

        // Then
        assertThat(JsonFloats.at(response, "data[0].embedding")).containsExactly(FakeModels.vector(WEIGHTS, "a"));
    }

    @Test
    void aTextThatCannotBeEncodedIsUnprocessable() {
        // When
        final Response response =
                json("{\"input\":[\"a\",\"" + FakeModels.UNCUTTABLE + "\"]}").post("/v1/embeddings");

        // Then
        response.then().statusCode(422).body("field", equalTo("input[1]"));
    }

    @Test
    void aModelNobodyHasIs404() {
        // When
        final Response response = json("{\"input\":\"a\",\"model\":\"gpt-4\"}").post("/v1/embeddings");

        // Then
        response.then().statusCode(404).body("field", equalTo("model")).body("error.code", equalTo("model_not_found"));
    }

    @Test
    void modelsAreTheChannelItsAliasesAndTheVersion() {
        // When
        final Response response = get("/v1/models");

        // Then
        response.then()
                .statusCode(200)
                .body("object", equalTo("list"))
                .body("data.id", hasItems("stable", "text-embedding-3-small", version))
                .body("data.version", hasItems(version, version, version))
                .body("data[0].space", equalTo(Publisher.SPACE))
                .body("data[0].owned_by", equalTo("millrace"));
    }

    @Test
    void oneModelIsFoundByItsNameAndAnotherIsNot() {
        // When
        final Response found = get("/v1/models/" + version);
        final Response missing = get("/v1/models/nothing");

        // Then
        found.then().statusCode(200).body("id", equalTo(version)).body("channel", equalTo("stable"));
        missing.then()
                .statusCode(404)
                .body("field", equalTo("model"))
                .body("error.message", startsWith("model nothing is not loaded here"));
    }

    @Test
    void otherPathsMethodsAndTypesAreProblemsToo() {
        // When
        final Response path = get("/v1/nothing");
        final Response method = get("/v1/embeddings");
        final Response type = given().contentType(ContentType.TEXT).body("a").post("/v1/embeddings");

        // Then
        path.then()
                .statusCode(404)
                .contentType(startsWith("application/problem+json"))
                .body("detail", equalTo("there is nothing at this path"));
        method.then()
                .statusCode(405)
                .contentType(startsWith("application/problem+json"))
                .body("detail", equalTo("this path does not take the method"));
        type.then()
                .statusCode(415)
                .contentType(startsWith("application/problem+json"))
                .body("detail", equalTo("the Content-Type must be application/json"));
    }

    @Test
    void metricsNameTheServedVersion() {
        // Given
        json("{\"input\":\"a\"}").post("/v1/embeddings").then().statusCode(200);

        // When
        final String metrics = given().get(management.resolve("metrics")).asString();

        // Then
        assertThat(metrics)
                .contains("version=\"" + version + "\"")
                .containsPattern("millrace_encoder_served_version_info\\{.*} 1.0")
                .contains("millrace_encoder_engine_info{device=\"cpu\",engine=\"fake\",precision=\"fp32\"} 1.0")
                .contains("millrace_encoder_requests_total{outcome=\"ok\"}")
                .contains("millrace_encoder_reload_seconds_count")
                .contains("millrace_encoder_request_seconds_bucket")
                .contains("millrace_encoder_refused_versions_total{fault=\"altered\"} 0.0")
                .contains("millrace_encoder_queue_texts 0.0")
                .contains("millrace_encoder_queue_tokens 0.0")
                .containsPattern("millrace_encoder_request_seconds_bucket\\{le=\"0.005\"} \\d")
                .containsPattern("millrace_encoder_stage_seconds_bucket\\{stage=\"tokens\",le=\"10.0\"} [1-9]")
                .containsPattern("millrace_encoder_served_version_age_seconds \\d")
                .contains("millrace_encoder_texts_total")
                .contains("millrace_encoder_tokens_total");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/ready", "/q/health/live", "/q/metrics"})
    void whatIsForOperatorsIsOnThePortOfTheirsOnly(String path) {
        // When
        final Response response = get(path);

        // Then
        response.then().statusCode(404);
        given().get(management.resolve(path)).then().statusCode(200);
    }

    @Test
    void theOpenApiDocumentHasEveryPath() {
        // When
        final Response response = get("/q/openapi?format=json");

        // Then
        response.then()
                .statusCode(200)
                .body("paths.keySet()", hasItems("/v1/models", "/v1/models/{id}", "/info", "/health"))
                .body("paths.keySet()", hasItems(dialects.paths().toArray()))
                .body(
                        "components.schemas.EmbeddingsRequest.properties.keySet()",
                        hasItems(
                                "input",
                                "input_type",
                                "prompt_name",
                                "model",
                                "encoding_format",
                                "dimensions",
                                "user"));
    }

    private static RequestSpecification json(String body) {
        return given().contentType(ContentType.JSON).body(body);
    }

    private static Response get(String path) {
        return given().get(path);
    }
}
