package dev.millrace.client.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.client.failure.BusyException;
import dev.millrace.client.failure.ClientException;
import dev.millrace.client.failure.NoAnswerException;
import dev.millrace.client.failure.ProblemException;
import dev.millrace.client.failure.ServiceFailedException;
import dev.millrace.client.failure.UnreadableAnswerException;
import dev.millrace.client.http.ClientSettings;
import dev.millrace.client.http.FakeService;
import dev.millrace.client.http.RequestListener;
import dev.millrace.client.http.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderClientTest {
    private static final Map<String, String> SPACE = Map.of("X-Millrace-Space", "space-1");

    private FakeService service;
    private ClientSettings settings;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
        settings = ClientSettings.at(service.url()).withRetries(RetryPolicy.NONE);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private static String answer(float[]... vectors) {
        List<String> entries = new ArrayList<>();
        for (float[] vector : vectors) {
            ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(vector);
            entries.add("{\"index\": %d, \"embedding\": \"%s\"}"
                    .formatted(entries.size(), Base64.getEncoder().encodeToString(bytes.array())));
        }
        return "{\"model\": \"v000007-0badcafe\", \"data\": [%s], \"usage\": {\"prompt_tokens\": 5}}"
                .formatted(String.join(",", entries));
    }

    @Test
    void vectorsComeWithTheVersionAndTheSpaceThatMadeThem() throws InterruptedException {
        // Given
        service.then(200, answer(new float[] {0.6f, 0.8f}, new float[] {1, 0}), SPACE);

        // When
        Embeddings embeddings = new EncoderClient(settings).embed("v000007-0badcafe", List.of("mill", "race"));

        // Then
        assertThat(embeddings.version()).isEqualTo("v000007-0badcafe");
        assertThat(embeddings.space()).isEqualTo("space-1");
        assertThat(embeddings.promptTokens()).isEqualTo(5);
        assertThat(embeddings.vectors()).containsExactly(new float[] {0.6f, 0.8f}, new float[] {1, 0});
        assertThat(service.requests().get(0).body())
                .isEqualTo(
                        "{\"model\":\"v000007-0badcafe\",\"encoding_format\":\"base64\",\"input\":[\"mill\",\"race\"]}");
    }

    @Test
    void whatTextsAreIsSaidWithThem() throws InterruptedException {
        // Given
        service.then(200, answer(new float[] {1, 0}), SPACE);

        // When
        new EncoderClient(settings).embed(EncoderClient.STABLE, TextType.QUERY, List.of("mill"));

        // Then
        assertThat(service.requests().get(0).body()).contains("\"input_type\":\"query\"");
    }

    @Test
    void theModelsAreToldWithWhatTheyStandFor() throws InterruptedException {
        // Given
        service.then(200, """
                {"object": "list", "data": [{"id": "stable", "object": "model", "created": 1767225600,
                 "owned_by": "millrace", "version": "v000007-0badcafe", "space": "space-1", "channel": "stable"}]}
                """);

        // When
        List<ServedModel> models = new EncoderClient(settings).models();

        // Then
        assertThat(models)
                .containsExactly(new ServedModel(
                        "stable", "v000007-0badcafe", "space-1", "stable", Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(service.requests().get(0).method()).isEqualTo("GET");
    }

    @Test
    void theTokenTravelsAndIsNotTold() throws InterruptedException {
        // Given
        service.then(200, answer(new float[] {1}), SPACE);
        ClientSettings known = settings.withToken("opensesame");

        // When
        new EncoderClient(known).embed("mill");

        // Then
        assertThat(service.requests().get(0).headers().get("Authorization")).containsExactly("Bearer opensesame");
        assertThat(known.toString()).doesNotContain("opensesame");
    }

    @Test
    void aPathInTheAddressGoesBeforeTheService() throws InterruptedException {
        // Given
        service.then(200, answer(new float[] {1}), SPACE);
        URI behindAGateway = service.url().resolve("/search/");

        // When
        new EncoderClient(ClientSettings.at(behindAGateway)).embed("mill");

        // Then
        assertThat(service.requests().get(0).path()).isEqualTo("/search/v1/embeddings");
    }

    @ParameterizedTest
    @CsvSource({
        "400, RefusedException",
        "413, RefusedException",
        "422, RefusedException",
        "401, AccessDeniedException",
        "403, AccessDeniedException",
        "404, NotFoundException",
        "429, BusyException",
        "503, BusyException",
        "500, ServiceFailedException",
        "504, ServiceFailedException"
    })
    void aProblemIsAnExceptionThatNamesStatusAndField(int status, String exception) {
        // Given
        service.then(
                status,
                "{\"title\": \"A title\", \"status\": %d, \"detail\": \"is too long\", \"field\": \"input[3]\"}"
                        .formatted(status));

        // When
        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> new EncoderClient(settings).embed("mill"));

        // Then
        assertThat(problem.getClass().getSimpleName()).isEqualTo(exception);
        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.title()).isEqualTo("A title");
        assertThat(problem.detail()).isEqualTo("is too long");
        assertThat(problem.field()).hasValue("input[3]");
        assertThat(problem).hasMessage("POST /v1/embeddings: " + status + " A title: input[3] is too long");
    }

    @Test
    void aProxysPageIsToldInItsOwnWords() {
        // Given
        service.then(502, "<html>Bad Gateway</html>");

        // When
        ServiceFailedException failed =
                catchThrowableOfType(ServiceFailedException.class, () -> new EncoderClient(settings).embed("mill"));

        // Then
        assertThat(failed.detail()).isEqualTo("<html>Bad Gateway</html>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "{\"model\": \"v\", \"data\": []}",
                "{\"model\": \"v\", \"data\": [{\"index\": 1, \"embedding\": \"AACAPw==\"}]}",
                "{\"model\": \"v\", \"data\": [{\"index\": 0, \"embedding\": \"not base64\"}]}"
            })
    void anAnswerThatIsNoneIsNotBelieved(String body) {
        // Given
        service.then(200, body, SPACE);

        // When
        ClientException failure =
                catchThrowableOfType(ClientException.class, () -> new EncoderClient(settings).embed("mill"));

        // Then
        assertThat(failure).isInstanceOf(UnreadableAnswerException.class).hasMessageContaining("POST /v1/embeddings");
    }

    @Test
    void nobodyThereIsSaid() {
        // Given
        service.close();

        // When
        ClientException failure =
                catchThrowableOfType(ClientException.class, () -> new EncoderClient(settings).embed("mill"));

        // Then
        assertThat(failure).isInstanceOf(NoAnswerException.class).hasMessageContaining("POST /v1/embeddings");
    }

    @Test
    void aListenerHearsOfEveryRequestAndOfTheEnd() {
        // Given
        Heard heard = new Heard();
        service.then(503, "{\"title\": \"Not ready\"}").then(500, "{\"title\": \"Internal error\"}");
        ClientSettings listened = settings.withListener(heard)
                .withRetries(new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1)));

        // When
        ClientException failure =
                catchThrowableOfType(ClientException.class, () -> new EncoderClient(listened).embed("mill"));

        // Then
        assertThat(heard.events).containsExactly("sent", "postponed 503", "sent", "failed " + failure.getMessage());
    }

    private static final class Heard implements RequestListener {
        private final List<String> events = new ArrayList<>();

        @Override
        public void sent() {
            events.add("sent");
        }

        @Override
        public void postponed(BusyException busy, Duration pause) {
            events.add("postponed " + busy.status());
        }

        @Override
        public void failed(ClientException failure) {
            events.add("failed " + failure.getMessage());
        }
    }
}
