package dev.millrace.ingestion;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenGuardTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "localhost"})
    void loopbackNeedsNoToken(String host) {
        // When
        assertThatCode(() -> ListenGuard.require(host, Optional.empty()))
                // Then
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.1.2.3"})
    void beyondLoopbackATokenIsNeeded(String host) {
        // When
        assertThatIllegalStateException()
                .isThrownBy(() -> ListenGuard.require(host, Optional.empty()))
                // Then
                .withMessageContaining("millrace.http.token");
    }

    @Test
    void beyondLoopbackATokenIsEnough() {
        // When
        assertThatCode(() -> ListenGuard.require("0.0.0.0", Optional.of("secret")))
                // Then
                .doesNotThrowAnyException();
    }
}
