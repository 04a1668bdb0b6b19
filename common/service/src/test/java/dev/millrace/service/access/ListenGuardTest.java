package dev.millrace.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenGuardTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "localhost"})
    void loopbackNeedsNoToken(String host) {
        // Given
        final Credentials none = Tokens.of(Map.of());

        // When
        final Throwable refusal = catchThrowable(() -> ListenGuard.require(ListenGuard.OWN, host, none, Role.PRODUCER));

        // Then
        assertThat(refusal).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0, token", "::, token", "10.1.2.3, tokens.producer"})
    void withATokenForItsCallersAnyAddressWillDo(String host, String key) {
        // Given
        final Credentials credentials = Tokens.of(Map.of(key, "secret"));

        // When
        final Throwable refusal =
                catchThrowable(() -> ListenGuard.require(ListenGuard.OWN, host, credentials, Role.PRODUCER));

        // Then
        assertThat(refusal).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0, ", "::, ", "10.1.2.3, ", "0.0.0.0, tokens.reader", "0.0.0.0, tokens.admin"})
    void beyondLoopbackATokenForItsCallersIsNeeded(String host, String otherKey) {
        // Given
        final Credentials credentials = Tokens.of(otherKey == null ? Map.of() : Map.of(otherKey, "secret"));

        // When
        final Throwable refusal =
                catchThrowable(() -> ListenGuard.require(ListenGuard.OWN, host, credentials, Role.PRODUCER));

        // Then
        assertThat(refusal)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("millrace.http.token")
                .hasMessageContaining("millrace.http.tokens.producer")
                .hasMessageContaining(host);
    }

    @ParameterizedTest
    @CsvSource({"quarkus.http.host, no-such-host.invalid", "quarkus.management.host, 256.1.1.1"})
    void aHostThatIsNoAddressIsRefusedByKey(String key, String host) {
        // Given
        final Credentials none = Tokens.of(Map.of());

        // When
        final Throwable refusal = catchThrowable(() -> ListenGuard.require(key, host, none, Role.READER));

        // Then
        assertThat(refusal).hasNoCause().hasMessageContaining(key).hasMessageContaining(host);
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0, ", "::, tokens.producer", "10.1.2.3, tokens.reader"})
    void managementBeyondLoopbackNeedsATokenForAdmins(String host, String otherKey) {
        // Given
        final Credentials credentials = Tokens.of(otherKey == null ? Map.of() : Map.of(otherKey, "secret"));

        // When
        final Throwable refusal = catchThrowable(() -> new ListenGuard()
                .start(new StartupEvent(), "127.0.0.1", host, credentials, new ApiRole(Role.PRODUCER)));

        // Then
        assertThat(refusal)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("millrace.http.token or millrace.http.tokens.admin is needed to listen on "
                        + "quarkus.management.host=" + host + "; without one only loopback is allowed");
    }
}
