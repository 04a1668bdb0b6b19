package dev.millrace.ingestion.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.millrace.ingestion.intake.EventLog.Entry;
import dev.millrace.ingestion.intake.InMemoryEventLog;
import dev.millrace.ingestion.intake.InMemoryEventLog.Mood;
import dev.millrace.service.http.Problem;
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

/** What trips other servers up, at the door: taken, or refused with a reason, and never a fault of the service. */
@QuarkusTest
class OddBodiesTest {
    private static final String PAIR = "{\"id\":\"p\",\"anchor\":\"x\"";

    @Inject
    InMemoryEventLog log;

    @BeforeEach
    void calm() {
        log.become(Mood.ACKNOWLEDGES);
        log.forget();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(PAIR + ",\"note\":" + "[".repeat(17) + "]".repeat(17) + "}", "no deeper than 16"),
                Arguments.of(PAIR + ",\"note\":" + "1".repeat(1001) + "}", "numbers of at most 64"),
                Arguments.of(PAIR + ",\"" + "x".repeat(50_001) + "\":1}", "names of at most 50000"),
                Arguments.of(PAIR + "}" + PAIR + "}", "must end after one JSON document"),
                Arguments.of("\uFEFF\uFEFF" + PAIR + "}", "must be one JSON document"),
                Arguments.of("", "must not be empty"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatTwoReadersMayUnderstandDifferentlyIsRefusedWithTheReason(String body, String reason) {
        // When
        post(body.getBytes(StandardCharsets.UTF_8))
                // Then
                .statusCode(400)
                .contentType(Problem.MEDIA_TYPE)
                .body("detail", containsString(reason));
        assertThat(log.entries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void otherEncodingsAreRefused(String charset) {
        // Given one byte less than the encoding needs
        final byte[] whole = (PAIR + "}").getBytes(Charset.forName(charset));
        final byte[] broken = Arrays.copyOf(whole, whole.length - 1);

        // When
        post(broken)
                // Then
                .statusCode(400)
                .body("detail", containsString("must be"));
    }

    @Test
    void aByteOrderMarkInFrontOfABatchIsNoPartOfIt() {
        // When
        post(("\uFEFF[" + PAIR + "}]").getBytes(StandardCharsets.UTF_8))
                // Then
                .statusCode(202)
                .body("accepted", equalTo(1));
        assertThat(log.entries()).extracting(Entry::key).containsExactly("p");
    }

    private static ValidatableResponse post(byte[] body) {
        return given().contentType("application/json")
                .body(body)
                .post("/v1/pairs")
                .then();
    }
}
