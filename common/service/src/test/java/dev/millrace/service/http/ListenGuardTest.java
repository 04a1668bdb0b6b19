package dev.millrace.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenGuardTest {
    @ParameterizedTest
    @CsvSource({"127.0.0.1, ", "::1, ", "localhost, ", "127.0.0.1, secret", "0.0.0.0, secret", "::, secret"})
    void loopbackNeedsNoTokenAndWithATokenAnyAddressWillDo(String host, String token) {
        // Given
        final HttpConfig http = () -> Optional.ofNullable(token);

        // When
        final Throwable refusal = catchThrowable(() -> ListenGuard.require(host, http));

        // Then
        assertThat(refusal).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.1.2.3"})
    void beyondLoopbackATokenIsNeeded(String host) {
        // Given
        final HttpConfig http = Optional::empty;

        // When
        final Throwable refusal = catchThrowable(() -> ListenGuard.require(host, http));

        // Then
        assertThat(refusal)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("millrace.http.token")
                .hasMessageContaining(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-host.invalid", "256.1.1.1"})
    void aHostThatIsNoAddressIsRefusedByKey(String host) {
        // Given
        final HttpConfig http = Optional::empty;

        // When
        final Throwable refusal = catchThrowable(() -> ListenGuard.require(host, http));

        // Then
        assertThat(refusal).hasMessageContaining("quarkus.http.host").hasMessageContaining(host);
    }
}
