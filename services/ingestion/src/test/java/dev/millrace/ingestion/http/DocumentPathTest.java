package dev.millrace.ingestion.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.ingestion.intake.EventLog.Entry;
import dev.millrace.ingestion.intake.InMemoryEventLog;
import dev.millrace.ingestion.intake.InMemoryEventLog.Mood;
import dev.millrace.service.http.Problem;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deletions by paths as a caller may write them, sent byte by byte since clients mend them: never another's. */
@QuarkusTest
class DocumentPathTest {
    @TestHTTPResource("/")
    URI service;

    @Inject
    InMemoryEventLog log;

    @BeforeEach
    void calm() {
        log.become(Mood.ACKNOWLEDGES);
        log.forget();
    }

    @ParameterizedTest
    @CsvSource({
        "a;b=c, a;b=c",
        "a;b=c/d;e, a;b=c/d;e",
        "a/b, a/b",
        "a//b, a//b",
        "/a, /a",
        "a/, a/",
        "a%2Fb, a/b",
        "a%2f, a/",
        "a%252Fb, a%2Fb",
        "a%2F..%2Fb, a/../b",
        "a%3Bb%3Fc%23d, a;b?c#d",
        "a+b%20c, a+b c",
        "%C3%BC%F0%9F%98%80, ü😀",
    })
    void theIdIsAllThatFollowsDecodedOnce(String written, String id) throws IOException {
        // When
        String answer = delete("/v1/documents/" + written);

        // Then
        assertThat(answer).startsWith("HTTP/1.1 202");
        assertThat(log.entries()).extracting(Entry::key).containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/documents/a%ff",
                "/v1/documents/a%C0%AF",
                "/v1/documents/a%ED%A0%80",
                "/v1/documents/aü",
                "/v1/documents/a?b",
                "/v1/documents/a?",
                "/v1/documents/a#b",
                "/v1/documents/a/../b",
                "/v1/documents/a/./b",
                "/v1/documents/a/%2e%2E/b",
                "/v1/documents/../documents/a",
                "/v1/documents;b=c/a",
                "/v1//documents/a",
            })
    void whatMayBeUnderstoodAsAnotherIdIsRefused(String path) throws IOException {
        // When
        String answer = delete(path);

        // Then
        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains(Problem.MEDIA_TYPE)
                .contains("\"field\":\"id\"");
        assertThat(log.entries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/documents/a%", "/v1/documents/a%2", "/v1/documents/a%zz"})
    void aPercentSignThatEscapesNothingIsRefused(String path) throws IOException {
        // When
        String answer = delete(path);

        // Then
        assertThat(answer).startsWith("HTTP/1.1 400");
        assertThat(log.entries()).isEmpty();
    }

    private String delete(String path) throws IOException {
        try (Socket caller = new Socket(service.getHost(), service.getPort())) {
            String request = "DELETE " + path + " HTTP/1.1\r\nHost: millrace\r\nConnection: close\r\n\r\n";
            caller.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(caller.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
