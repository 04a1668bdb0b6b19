package dev.millrace.ingestion.http;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.ingestion.intake.EventLog.Entry;
import dev.millrace.ingestion.intake.InMemoryEventLog;
import dev.millrace.ingestion.intake.InMemoryEventLog.Mood;
import dev.millrace.service.http.Problem;
import dev.millrace.service.kafka.BrokerState;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class IngestionHttpTest {
    private static final String PAIR = "{\"id\":\"p\",\"anchor\":\"x\"}";

    @TestHTTPResource(management = true)
    URI management;

    @Inject
    InMemoryEventLog log;

    @Inject
    BrokerDouble.SwitchedProbe probe;

    @BeforeEach
    void calm() {
        log.become(Mood.ACKNOWLEDGES);
        log.forget();
        probe.become(new BrokerState.Reachable());
        probe.limit(Map.of());
    }

    @Test
    void answersAnArrayWithAnOutcomeForEveryItem() {
        // When
        post("pairs", "[" + PAIR + ",{\"id\":\"q\"}]")
                // Then
                .statusCode(202)
                .contentType(ContentType.JSON)
                .body("accepted", equalTo(1))
                .body("refused", equalTo(1))
                .body("outcomes[0].index", equalTo(0))
                .body("outcomes[0].id", equalTo("p"))
                .body("outcomes[0].status", equalTo("accepted"))
                .body("outcomes[1].status", equalTo("refused"))
                .body("outcomes[1].field", equalTo("anchor"))
                .body("outcomes[1].reason", equalTo("is required"));
    }

    @ParameterizedTest
    @ValueSource(strings = {PAIR, "[" + PAIR + "]", "\r\n" + PAIR + "\r\n"})
    void takesABodyBehindAByteOrderMark(String body) {
        // When
        post("pairs", "\uFEFF" + body)
                // Then
                .statusCode(202)
                .body("accepted", equalTo(1));
    }

    @Test
    void takesDocumentsAndForgetsThem() {
        // Given
        post("documents", "[{\"id\":\"a/b c\",\"text\":\"x\"},{\"id\":\"d\"}]")
                .statusCode(202)
                .body("outcomes[0].status", equalTo("accepted"))
                .body("outcomes[1].field", equalTo("text"));

        // When
        given().delete("/v1/documents/{id}", "a/b c")
                .then()
                // Then
                .statusCode(202)
                .body("accepted", equalTo(1))
                .body("outcomes[0].id", equalTo("a/b c"));
        assertThat(log.entries())
                .extracting(Entry::topic, Entry::key, entry -> entry.value().length > 0)
                .containsExactly(tuple("documents", "a/b c", true), tuple("documents", "a/b c", false));
    }

    @Test
    void refusesToForgetAnIdThatNoDocumentCanHave() {
        // When
        given().delete("/v1/documents/" + "x".repeat(257))
                .then()
                // Then
                .statusCode(400)
                .contentType(Problem.MEDIA_TYPE)
                .body("outcomes[0].field", equalTo("id"));
    }

    @Test
    void answersWithAProblemAndTheOutcomesWhenEveryItemIsRefused() {
        // When
        post("clicks", "{\"impressionId\":\"i\"}")
                // Then
                .statusCode(400)
                .contentType(Problem.MEDIA_TYPE)
                .body("title", equalTo("Every item was refused"))
                .body("status", equalTo(400))
                .body("outcomes[0].field", equalTo("docId"));
    }

    @Test
    void saysWhatIsWrongWithABodyThatIsNoBatch() {
        // When
        post("impressions", "[")
                // Then
                .statusCode(400)
                .contentType(Problem.MEDIA_TYPE)
                .body("title", equalTo("Malformed request"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILS", "HANGS"})
    void asksToPostAgainWhatTheBrokerDidNotAcknowledge(String mood) {
        // Given
        log.become(Mood.valueOf(mood));

        // When
        post("pairs", PAIR)
                // Then
                .statusCode(503)
                .contentType(Problem.MEDIA_TYPE)
                .header("Retry-After", "1")
                .body("outcomes[0].id", equalTo("p"))
                .body("outcomes[0].status", equalTo("unacknowledged"));
    }

    @Test
    void asksToComeBackLaterWhenTooMuchWaitsForTheBroker() {
        // Given
        log.become(Mood.HANGS);
        post("pairs", "[" + (PAIR + ",").repeat(4) + PAIR + "]").statusCode(503);

        // When
        post("pairs", PAIR)
                // Then
                .statusCode(429)
                .contentType(Problem.MEDIA_TYPE)
                .header("Retry-After", "1")
                .body("title", equalTo("Overloaded"));
    }

    @Test
    void refusesABodyAboveTheLimit() {
        // When
        post("pairs", " ".repeat(4 * 1024 * 1024 + 1))
                // Then
                .statusCode(413)
                .contentType(Problem.MEDIA_TYPE)
                .body("title", equalTo("Request too large"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "GZIP"})
    void saysThatItTakesNoCompressedBody(String encoding) {
        // When
        given().contentType(ContentType.JSON)
                .header("Content-Encoding", encoding)
                .body(new byte[] {0x1f, (byte) 0x8b, 8, 0})
                .post("/v1/pairs")
                .then()
                // Then
                .statusCode(415)
                .contentType(Problem.MEDIA_TYPE)
                .header("Accept-Encoding", "identity")
                .body("detail", containsString("without compression"));
    }

    @Test
    void takesABodyThatSaysItIsNotCompressed() {
        // When
        given().contentType(ContentType.JSON)
                .header("Content-Encoding", "identity")
                .body(PAIR)
                .post("/v1/pairs")
                .then()
                // Then
                .statusCode(202);
    }

    @Test
    void takesABodyWithAByteOrderMark() {
        // When
        given().contentType(ContentType.JSON)
                .body(("\uFEFF" + PAIR).getBytes(StandardCharsets.UTF_8))
                .post("/v1/pairs")
                .then()
                // Then
                .statusCode(202);
    }

    @Test
    void refusesMoreItemsThanTheLimit() {
        // When
        post("pairs", "[" + "0,".repeat(1000) + "0]")
                // Then
                .statusCode(400)
                .body("detail", equalTo("the body must have at most 1000 items"));
    }

    @Test
    void speaksOfOtherMediaTypesAndPathsInProblemsToo() {
        // When
        given().contentType("text/plain")
                .body("x")
                .post("/v1/pairs")
                .then()
                // Then
                .statusCode(415)
                .contentType(Problem.MEDIA_TYPE)
                .body("detail", containsString("application/json"));
        get("/v1/nowhere").then().statusCode(404).contentType(Problem.MEDIA_TYPE);
    }

    @Test
    void acceptsEveryExampleOfItsOwnDescription() throws Exception {
        // Given
        final JsonNode document = new ObjectMapper()
                .readTree(get("/q/openapi?format=json")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray());

        // When
        document.path("paths").properties().forEach(path -> path.getValue()
                .at("/post/requestBody/content/application~1json/examples")
                .forEach(example -> post(
                                path.getKey().substring("/v1/".length()),
                                example.path("value").toString())
                        .statusCode(202)
                        .body("refused", equalTo(0))));

        // Then
        final List<String> topics =
                log.entries().stream().map(Entry::topic).distinct().toList();
        assertThat(topics).containsExactlyInAnyOrder("pairs", "impressions", "clicks", "documents");
    }

    @Test
    void isNotReadyBeforeTheBrokerWasEverReached() {
        // Given
        probe.become(new BrokerState.Unreachable("no answer"));

        // When
        get(management.resolve("health/ready"))
                .then()
                // Then
                .statusCode(503)
                .body(containsString("no answer"));
    }

    @Test
    void staysReadyThroughAShortOutageSoThatCallersAreToldToComeAgain() {
        // Given
        final Instant since = Instant.now();
        probe.become(new BrokerState.Unreachable("no answer", Optional.of(since)));
        log.become(Mood.FAILS);

        // When
        get(management.resolve("health/ready"))
                .then()
                // Then
                .statusCode(200)
                .body(containsString("no answer"))
                .body(containsString(since.toString()));
        post("pairs", PAIR).statusCode(503).header("Retry-After", "1");
    }

    @Test
    void isNotReadyWhenTheBrokerIsAwayForLongWhichAnotherEndpointMayNotFind() {
        // Given
        probe.become(new BrokerState.Unreachable(
                "no answer", Optional.of(Instant.now().minusSeconds(600))));

        // When
        get(management.resolve("health/ready"))
                .then()
                // Then
                .statusCode(503);
        get(management.resolve("health/live")).then().statusCode(200);
    }

    @Test
    void namesTopicsThatTakeLessThanAnEventMayHave() {
        // Given
        probe.limit(Map.of("pairs", 1_048_588));

        // When
        get(management.resolve("health/ready"))
                .then()
                // Then
                .statusCode(200)
                .body(containsString("topic pairs has max.message.bytes=1048588, below 1114112"));
    }

    @Test
    void refusesForGoodAPairThatItsTopicNeverTakes() {
        // Given
        probe.limit(Map.of("pairs", 500));

        // When
        post("pairs", "{\"id\":\"p\",\"anchor\":\"" + "x".repeat(600) + "\"}")
                // Then
                .statusCode(413)
                .header("Retry-After", nullValue())
                .body("outcomes[0].id", equalTo("p"))
                .body("outcomes[0].status", equalTo("refused"))
                .body("outcomes[0].reason", containsString("at most 403 bytes, topic pairs takes no more"));
    }

    @Test
    void countsWhatItDid() {
        // Given
        post("pairs", "[" + PAIR + ",{\"id\":\"q\"}]").statusCode(202);

        // When
        get(management.resolve("metrics"))
                .then()
                // Then
                .statusCode(200)
                .body(containsString("millrace_ingestion_accepted_total{topic=\"pairs\"}"))
                .body(containsString("millrace_ingestion_refused_total{field=\"anchor\",topic=\"pairs\"}"))
                .body(containsString("millrace_ingestion_ack_seconds_bucket"))
                .body(containsString("millrace_ingestion_in_flight 0.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/health/ready", "/q/health/live", "/q/metrics"})
    void answersForItsOperatorsOnThePortOfTheirsOnly(String path) {
        // When
        get(path)
                .then()
                // Then
                .statusCode(404);
        get(management.resolve(path)).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/pairs", "/q/openapi"})
    void answersItsCallersOnTheirPortOnly(String path) {
        // When
        get(management.resolve(path))
                .then()
                // Then
                .statusCode(404);
    }

    private static ValidatableResponse post(String kind, String body) {
        return given().contentType("application/json; charset=UTF-8")
                .body(body)
                .post("/v1/" + kind)
                .then();
    }
}
