package dev.millrace.ingestion.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.service.upload.UploadAdmission;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(UploadAdmissionTest.TwoMebibytes.class)
class UploadAdmissionTest {
    private static final String PAIR = "{\"id\":\"p\",\"anchor\":\"x\"}";
    private static final String LENGTH = "Content-Length: 500000";
    private static final int BUDGET = 2 << 20;
    private static final int LARGE_THAT_FIT = 3;

    @TestHTTPResource("/v1/pairs")
    URL pairs;

    @Inject
    UploadAdmission uploads;

    private final List<Socket> callers = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket caller : callers) {
            caller.close();
        }
        await(held -> held == 0);
    }

    @Test
    void tellsLargeUploadsBeyondTheBudgetToComeAgainBeforeTheyAreRead() throws Exception {
        // Given
        fillWithLarge();

        // When
        final String answer = answer(slowUpload(LENGTH));

        // Then
        assertThat(answer)
                .startsWith("HTTP/1.1 429 ")
                .containsIgnoringCase("Retry-After: 1")
                .contains("too many bodies are being read (millrace.ingestion.max-upload-bytes)");
        assertThat(uploads.held()).isLessThanOrEqualTo(BUDGET);
    }

    @Test
    void smallBodiesGoInBesideLargeSlowOnes() throws Exception {
        // Given
        fillWithLarge();

        // When
        given().contentType(ContentType.JSON)
                .body(PAIR)
                .post("/v1/pairs")
                .then()
                // Then
                .statusCode(202);
    }

    @Test
    void aBodyOfUnstatedLengthIsTakenWhole() throws Exception {
        // Given
        final Socket caller = slowUpload("Transfer-Encoding: chunked");
        await(held -> held > 0 && held < 100_000);

        // When
        final String rest = " ".repeat(500_000) + PAIR;
        send(caller, Integer.toHexString(rest.length()) + "\r\n" + rest + "\r\n0\r\n\r\n");

        // Then
        assertThat(answer(caller)).startsWith("HTTP/1.1 202 ");
        await(held -> held == 0);
    }

    @Test
    void aBodyThatComesInTooSlowlyIsEnded() throws Exception {
        // Given
        final Socket caller = slowUpload(LENGTH);

        // When
        final String answer = answer(caller);

        // Then
        assertThat(answer).startsWith("HTTP/1.1 408 ").contains("within PT2S (millrace.ingestion.upload-timeout)");
        await(held -> held == 0);
    }

    private void fillWithLarge() throws IOException {
        for (int i = 0; i < LARGE_THAT_FIT; i++) {
            slowUpload(LENGTH);
        }
        await(held -> held == LARGE_THAT_FIT * 500_000L);
    }

    /** Headers only. */
    private Socket slowUpload(String length) throws IOException {
        final Socket caller = new Socket(pairs.getHost(), pairs.getPort());
        caller.setSoTimeout(30_000);
        callers.add(caller);
        send(
                caller,
                "POST /v1/pairs HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n" + length + "\r\n\r\n");
        return caller;
    }

    private static void send(Socket caller, String text) throws IOException {
        caller.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        caller.getOutputStream().flush();
    }

    /** The first part of the response, the beginning of its body included. */
    private static String answer(Socket caller) throws IOException {
        final InputStream in = caller.getInputStream();
        final StringBuilder text = new StringBuilder();
        final byte[] buffer = new byte[8192];
        while (!text.toString().contains("}")) {
            final int read = in.read(buffer);
            assertThat(read).as("after " + text).isPositive();
            text.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    private void await(LongPredicate held) {
        final long deadline = System.nanoTime() + 30_000_000_000L;
        while (!held.test(uploads.held())) {
            assertThat(System.nanoTime()).as("holds " + uploads.held()).isLessThan(deadline);
            LockSupport.parkNanos(2_000_000);
        }
    }

    /** A service with little memory. */
    public static final class TwoMebibytes implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.limits.max-body-size",
                    "1M",
                    "millrace.ingestion.max-upload-bytes",
                    Integer.toString(BUDGET),
                    "millrace.ingestion.upload-timeout",
                    "PT2S");
        }
    }
}
