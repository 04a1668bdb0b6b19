package dev.millrace.client.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.client.failure.BusyException;
import dev.millrace.client.failure.UnreadableAnswerException;
import dev.millrace.client.http.ClientSettings;
import dev.millrace.client.http.FakeService;
import dev.millrace.client.http.RetryPolicy;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Pair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IngestionClientTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final RetryPolicy QUICK = new RetryPolicy(3, Duration.ofMillis(1), Duration.ofSeconds(1));
    private static final String ACCEPTED = """
            {"accepted": 1, "refused": 0, "unacknowledged": 0,
             "outcomes": [{"index": 0, "id": "a", "status": "accepted"}]}
            """;

    private FakeService service;
    private IngestionClient client;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
        client = new IngestionClient(ClientSettings.at(service.url()).withRetries(QUICK));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private static Pair pair(String id) {
        return new Pair(
                id,
                "an anchor",
                Optional.of("a positive"),
                List.of(),
                OptionalDouble.empty(),
                Pair.DEFAULT_WEIGHT,
                Optional.empty(),
                "test",
                NOW);
    }

    private static List<byte[]> json(String... items) {
        return Stream.of(items)
                .map(item -> item.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void aDocumentIsForgottenByItsIdWhateverIsInIt() throws InterruptedException {
        // Given
        service.then(202, ACCEPTED);

        // When
        Outcome outcome = client.forgetDocument("manuals/7 a+b?");

        // Then
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        FakeService.Request request = service.requests().get(0);
        assertThat(request.method()).isEqualTo("DELETE");
        assertThat(request.path()).isEqualTo("/v1/documents/manuals/7 a+b?");
    }

    @Test
    void eachKindOfEventGoesToItsOwnDoor() throws InterruptedException {
        // Given
        service.then(202, ACCEPTED).then(202, ACCEPTED).then(202, ACCEPTED);
        Impression.Result result = new Impression.Result("d", "text", 1, OptionalDouble.empty());

        // When
        List<Outcome> outcomes = List.of(
                client.pair(pair("a")),
                client.impression(new Impression("i", "query", List.of(result), NOW)),
                client.click(new Click("i", "d", OptionalLong.empty(), NOW)));

        // Then
        assertThat(outcomes).containsOnly(new Outcome.Accepted());
        assertThat(service.requests())
                .extracting(FakeService.Request::path)
                .containsExactly("/v1/pairs", "/v1/impressions", "/v1/clicks");
        assertThat(service.requests().get(0).body()).startsWith("[{").contains("\"anchor\":\"an anchor\"");
        assertThat(service.requests().get(0).headers().get("Content-type")).containsExactly("application/json");
    }

    @Test
    void aBatchIsToldItemByItem() throws InterruptedException {
        // Given
        service.then(202, """
                {"outcomes": [{"index": 0, "id": "a", "status": "accepted"},
                              {"index": 1, "status": "refused", "field": "anchor", "reason": "must not be blank"}]}
                """);

        // When
        Receipt receipt = client.post(EventKind.PAIRS, json("{\"id\": \"a\"}", "{\"id\": \"b\"}"));

        // Then
        assertThat(receipt.outcomes())
                .containsExactly(new Outcome.Accepted(), new Outcome.Refused("anchor", "must not be blank"));
        assertThat(receipt.complete()).isFalse();
        assertThat(receipt.accepted()).isEqualTo(1);
    }

    @Test
    void aBatchOfWhichEveryItemIsRefusedHasItsOutcomesToo() throws InterruptedException {
        // Given
        service.then(400, """
                {"title": "No item is well-formed", "status": 400, "detail": "the outcomes name the fields",
                 "outcomes": [{"index": 0, "status": "refused", "field": "id", "reason": "is missing"}]}
                """);

        // When
        Receipt receipt = client.post(EventKind.CLICKS, json("{}"));

        // Then
        assertThat(receipt.outcomes()).containsExactly(new Outcome.Refused("id", "is missing"));
    }

    @Test
    void onlyWhatWasNotAcknowledgedIsPostedAgain() throws InterruptedException {
        // Given
        service.then(503, """
                        {"title": "Not acknowledged", "status": 503, "detail": "post again",
                         "outcomes": [{"index": 0, "id": "a", "status": "accepted"},
                                      {"index": 1, "id": "b", "status": "unacknowledged", "reason": "in time"},
                                      {"index": 2, "status": "refused", "field": "id", "reason": "is missing"},
                                      {"index": 3, "id": "d", "status": "unacknowledged", "reason": "in time"}]}
                        """, Map.of("Retry-After", "0")).then(202, """
                        {"outcomes": [{"index": 0, "id": "b", "status": "accepted"},
                                      {"index": 1, "id": "d", "status": "accepted"}]}
                        """);

        // When
        Receipt receipt = client.post(EventKind.PAIRS, json("1", "2", "3", "4"));

        // Then
        assertThat(receipt.outcomes())
                .containsExactly(
                        new Outcome.Accepted(),
                        new Outcome.Accepted(),
                        new Outcome.Refused("id", "is missing"),
                        new Outcome.Accepted());
        assertThat(service.requests()).extracting(FakeService.Request::body).containsExactly("[1,2,3,4]", "[2,4]");
    }

    @Test
    void whatStaysUnacknowledgedIsSaidOfTheItemAndTheOthersKeepTheirs() throws InterruptedException {
        // Given
        String half = """
                {"title": "Not acknowledged", "status": 503, "detail": "post again",
                 "outcomes": [{"index": 0, "id": "a", "status": "accepted"},
                              {"index": 1, "id": "b", "status": "unacknowledged", "reason": "not in time"}]}
                """;
        String none = """
                {"title": "Not acknowledged", "status": 503, "detail": "post again",
                 "outcomes": [{"index": 0, "id": "b", "status": "unacknowledged", "reason": "not in time"}]}
                """;
        service.then(503, half).then(503, none).then(503, none);

        // When
        Receipt receipt = client.pairs(List.of(pair("a"), pair("b")));

        // Then
        assertThat(receipt.outcomes())
                .containsExactly(new Outcome.Accepted(), new Outcome.Unacknowledged("not in time"));
        assertThat(receipt.indexes(Outcome.Unacknowledged.class)).containsExactly(1);
        assertThat(service.requests()).hasSize(QUICK.mostTries());
    }

    @Test
    void aBusyServiceIsAskedAgainWhenItSaysSo() throws InterruptedException {
        // Given
        service.then(429, "{\"title\": \"Too much waits\"}", Map.of("Retry-After", "0"))
                .then(202, ACCEPTED);

        // When
        Outcome outcome = client.pair(pair("a"));

        // Then
        assertThat(outcome).isEqualTo(new Outcome.Accepted());
        assertThat(service.requests()).hasSize(2);
    }

    @Test
    void aServiceThatStaysBusyIsNotAskedForEver() {
        // Given
        for (int i = 0; i < QUICK.mostTries(); i++) {
            service.then(429, "{\"title\": \"Too much waits\", \"detail\": \"come later\"}");
        }

        // When
        BusyException busy = catchThrowableOfType(BusyException.class, () -> client.pair(pair("a")));

        // Then
        assertThat(busy).hasMessage("POST /v1/pairs: 429 Too much waits: come later");
        assertThat(busy.retryAfter()).isEmpty();
        assertThat(service.requests()).hasSize(QUICK.mostTries());
    }

    @Test
    void anEmptyBatchIsNotSent() throws InterruptedException {
        // When
        Receipt receipt = client.pairs(List.of());

        // Then
        assertThat(receipt.complete()).isTrue();
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void outcomesThatFitNoItemAreNotBelieved() {
        // Given
        service.then(202, "{\"accepted\": 2}");

        // When
        UnreadableAnswerException unreadable =
                catchThrowableOfType(UnreadableAnswerException.class, () -> client.pair(pair("a")));

        // Then
        assertThat(unreadable).hasMessageContaining("POST /v1/pairs").hasMessageContaining("outcomes");
    }
}
