package dev.millrace.encoder;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.millrace.checkpoints.lineage.CheckpointStore;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What trips other servers up, at the door: answered, or refused with a reason, and never a fault of the service. */
@QuarkusTest
final class OddBodiesTest {
    @Inject
    CheckpointStore store;

    @BeforeEach
    void serve() {
        ServedOnce.version(store, "rest");
        Await.until(() -> given().get("/v1/models/stable").statusCode() == 200);
    }

    static Stream<String> ignored() {
        return Stream.of(
                "\"metadata\":" + "[".repeat(17) + "]".repeat(17),
                "\"metadata\":" + "{\"a\":".repeat(17) + "1" + "}".repeat(17),
                "\"seed\":" + "1".repeat(1001),
                "\"" + "x".repeat(50_001) + "\":1");
    }

    @ParameterizedTest
    @MethodSource("ignored")
    void whatIsOddOnlyInAnIgnoredMemberIsAnswered(String member) {
        // When
        post("{\"input\":\"hi\"," + member + "}")
                // Then
                .statusCode(200)
                .body("data", hasSize(1));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("{\"input\":\"hi\",\"dimensions\":" + "1".repeat(1001) + "}", "must be an integer"),
                Arguments.of("{\"input\":\"hi\"}{\"input\":\"ho\"}", "must end after one JSON document"),
                Arguments.of("{\"input\":\"hi\",\"metadata\":" + "[".repeat(600) + "]".repeat(600) + "}", "no deeper"),
                Arguments.of("\uFEFF\uFEFF{\"input\":\"hi\"}", "must be one JSON document"),
                Arguments.of("", "must not be empty"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatCannotBeTakenIsRefusedWithTheReason(String body, String reason) {
        // When
        post(body)
                // Then
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(reason))
                .body("error.type", equalTo("invalid_request_error"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void otherEncodingsAreRefused(String charset) {
        // Given one byte less than the encoding needs
        final byte[] whole = "{\"input\":\"hi\"}".getBytes(Charset.forName(charset));
        final byte[] broken = Arrays.copyOf(whole, whole.length - 1);

        // When
        post(broken)
                // Then
                .statusCode(400)
                .body("detail", containsString("must be"));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheBody() {
        // When
        post("\uFEFF{\"input\":\"hi\"}")
                // Then
                .statusCode(200);
    }

    private static ValidatableResponse post(String body) {
        return post(body.getBytes(StandardCharsets.UTF_8));
    }

    private static ValidatableResponse post(byte[] body) {
        return given().contentType("application/json")
                .body(body)
                .post("/v1/embeddings")
                .then();
    }
}
