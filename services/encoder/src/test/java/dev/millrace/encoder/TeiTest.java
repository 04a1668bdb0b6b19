package dev.millrace.encoder;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
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

/** What Text Embeddings Inference is asked, and how it answers. */
@QuarkusTest
final class TeiTest {
    private static final String WEIGHTS = "rest";
    private static final String TOO_LONG = "a".repeat(FakeModels.MAX_TOKENS + 1);

    @Inject
    CheckpointStore store;

    private String version;

    @BeforeEach
    void serve() {
        version = ServedOnce.version(store, WEIGHTS);
        Await.until(() -> given().get("/health").statusCode() == 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/embed", "/"})
    void textsAreAnsweredByBareVectors(String path) {
        // When
        final Response response = post(path, "{\"inputs\":[\"a\",\"bc\"],\"normalize\":true,\"truncate\":true}");

        // Then
        response.then().statusCode(200).header("X-Millrace-Version", version);
        assertThat(JsonFloats.at(response, "[0]")).containsExactly(FakeModels.vector(WEIGHTS, "a"));
        assertThat(JsonFloats.at(response, "[1]")).containsExactly(FakeModels.vector(WEIGHTS, "bc"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"inputs":"hi"}                                                      | hi
        {"inputs":"hi","truncation_direction":"Left","truncate":false}       | hi
        {"inputs":["hi"],"prompt_name":null,"unknown":{"normalize":false}}   | hi
        """)
    void oneInputIsAnsweredByAnArrayOfOne(String body, String read) {
        // When
        final Response response = post("/embed", body);

        // Then
        assertThat(response.jsonPath().getList("$")).hasSize(1);
        assertThat(JsonFloats.at(response, "[0]")).containsExactly(FakeModels.vector(WEIGHTS, read));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[0,104,105]", "[[0,104,105]]"})
    void tokensOfTheModelsOwnTokenizerAreTaken(String inputs) {
        // When
        final Response response = post("/embed", "{\"inputs\":" + inputs + "}");

        // Then
        assertThat(JsonFloats.at(response, "[0]")).containsExactly(FakeModels.vector(WEIGHTS, "\0hi"));
    }

    @Test
    void fewerDimensions() {
        // When
        final Response response = post("/embed", "{\"inputs\":\"hi\",\"dimensions\":3}");

        // Then
        assertThat(JsonFloats.at(response, "[0]")).hasSize(3);
    }

    @Test
    void similarityIsTheCosineOfEachSentenceToTheSource() {
        // Given
        final String body = "{\"inputs\":{\"source_sentence\":\"a\",\"sentences\":[\"a\",\"b\"]},"
                + "\"parameters\":{\"truncate\":true,\"truncation_direction\":\"right\"}}";

        // When
        final List<Float> cosines = post("/similarity", body).jsonPath().getList("$", Float.class);

        // Then
        assertThat(cosines).hasSize(2);
        assertThat(cosines.get(0)).isCloseTo(1f, within(1e-6f));
        assertThat(cosines.get(1)).isCloseTo(cosine("a", "b"), within(1e-6f));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /embed      | {"inputs":""}                                                | 400 | Empty      | inputs
        /embed      | {"inputs":["a",""]}                                          | 400 | Empty      | inputs[1]
        /embed      | {"inputs":[]}                                                | 400 | Empty      | inputs
        /embed      | {"inputs":"a","normalize":false}                             | 422 | Validation | normalize
        /embed      | {"inputs":"a","truncation_direction":"up"}                   | 422 | Validation | truncation_direction
        /embed      | {"inputs":"a","prompt_name":"none"}                          | 422 | Validation | prompt_name
        /embed      | {"inputs":"a","dimensions":9}                                | 422 | Validation | dimensions
        /embed      | {"inputs":[[1,2]]}                                           | 422 | Validation | inputs[0]
        /embed      | {"inputs":["a","\\u200b"]}                                   | 422 | Tokenizer  | inputs[1]
        /similarity | {"inputs":{"source_sentence":"a","sentences":[]}}            | 400 | Empty      | inputs.sentences
        /similarity | {"inputs":{"sentences":["a"]}}                               | 422 | Validation | inputs.source_sentence
        /similarity | {"inputs":{"source_sentence":"a","sentences":["\\u200b"]}}   | 422 | Tokenizer  | inputs.sentences[0]
        /similarity | {"inputs":{"source_sentence":"\\u200b","sentences":["a"]}}   | 422 | Tokenizer  | inputs.source_sentence
        /similarity | {"inputs":"a"}                                               | 422 | Validation | inputs
        """)
    void aBadRequestIsRefusedInItsOwnWords(String path, String body, int status, String type, String field) {
        // When
        final Response response = post(path, body);

        // Then
        response.then()
                .statusCode(status)
                .body("error_type", equalTo(type))
                .body("error", startsWith(field + " "))
                .body("field", equalTo(field));
    }

    @Test
    void whatIsNoJsonIsABadRequest() {
        // When
        final Response response = post("/embed", "{\"inputs\":");

        // Then
        response.then().statusCode(400).body("error_type", equalTo("Validation"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"truncate\":false", "\"truncation_direction\":\"left\""})
    void aTextThatWouldBeCutOtherwiseThanItsCallerWantsIsRefused(String wish) {
        // When
        final Response refused = post("/embed", "{\"inputs\":[\"a\",\"" + TOO_LONG + "\"]," + wish + "}");

        // Then
        refused.then().statusCode(422).body("error", startsWith("inputs[1] has more tokens than the model reads"));
        post("/embed", "{\"inputs\":\"" + TOO_LONG + "\"}").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/embed_all", "/embed_sparse", "/predict", "/rerank"})
    void whatOtherModelsCanIsAFailedDependency(String path) {
        // When
        final Response response = post(path, "{\"inputs\":\"a\"}");

        // Then
        response.then()
                .statusCode(424)
                .body("error_type", equalTo("Backend"))
                .body("error", containsString("one dense vector"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/ping", "/"})
    void healthIsEmptyWhereAVersionIsServed(String path) {
        // When
        final Response response = given().get(path);

        // Then
        response.then().statusCode(200).body(equalTo(""));
    }

    @Test
    void infoNamesTheChannelTheVersionAndTheLimits() {
        // When
        final Response response = given().get("/info");

        // Then
        response.then()
                .statusCode(200)
                .body("model_id", equalTo("stable"))
                .body("model_sha", equalTo(version))
                .body("model_dtype", equalTo("float32"))
                .body("model_type.embedding.pooling", equalTo("mean"))
                .body("max_input_length", equalTo(FakeModels.MAX_TOKENS))
                .body("max_client_batch_size", equalTo(2048))
                .body("max_batch_tokens", equalTo(8192))
                .body("max_concurrent_requests", equalTo(2048))
                .body("tokenization_workers", equalTo(32))
                .body("auto_truncate", equalTo(true));
    }

    private static float cosine(String one, String other) {
        final float[] left = FakeModels.vector(WEIGHTS, one);
        final float[] right = FakeModels.vector(WEIGHTS, other);
        float sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }

    private static Response post(String path, String body) {
        return given().contentType("application/json").body(body).post(path);
    }
}
