package dev.millrace.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProblemTest {
    @Test
    void furtherMembersStandBehindTheStandardOnes() throws JsonProcessingException {
        // Given
        final Problem problem = Problem.malformed("must be JSON").with("field", "input");

        // When
        final String json = new ObjectMapper().writeValueAsString(problem);

        // Then
        assertThat(json)
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Malformed request\",\"status\":400,"
                        + "\"detail\":\"must be JSON\",\"field\":\"input\"}");
        assertThat(problem.headers()).containsExactly(entry("Content-Type", "application/problem+json"));
    }

    @Test
    void headersSayWhenToComeBackAndHowToBeLetIn() {
        // Given
        final Problem overloaded = Problem.of(429, "Overloaded", "too much").passingAfter(Duration.ofSeconds(3));

        // When
        final String retryAfter = overloaded.headers().get("Retry-After");

        // Then
        assertThat(retryAfter).isEqualTo("3");
        assertThat(Problem.unauthorized().headers()).containsEntry("WWW-Authenticate", "Bearer");
    }
}
