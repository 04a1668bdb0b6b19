package dev.millrace.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OperatorSettingsTest {
    @Test
    void withoutAnyItLooksAfterAllAndListensOnLoopback() {
        // Given
        final Map<String, String> nothing = Map.of("HOME", "/tmp");

        // When
        final OperatorSettings settings = OperatorSettings.of(nothing);

        // Then
        assertThat(settings.namespaces()).isEmpty();
        assertThat(settings.interval()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.lease()).isEmpty();
        assertThat(settings.adminToken()).isEmpty();
        assertThat(settings.listen()).isEqualTo(new OperatorSettings.Address("127.0.0.1", 8090));
    }

    @Test
    void everySettingIsRead() {
        // Given
        final Map<String, String> all = Map.of(
                "MILLRACE_OPERATOR_NAMESPACES", "a, b",
                "MILLRACE_OPERATOR_INTERVAL", "PT5S",
                "MILLRACE_OPERATOR_LEASE_NAMESPACE", "mill",
                "MILLRACE_OPERATOR_ADMIN_TOKEN", "mine",
                "MILLRACE_OPERATOR_HOST", "0.0.0.0",
                "MILLRACE_OPERATOR_PORT", "0");

        // When
        final OperatorSettings settings = OperatorSettings.of(all);

        // Then
        assertThat(settings.namespaces()).containsExactlyInAnyOrder("a", "b");
        assertThat(settings.interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.lease()).contains("mill");
        assertThat(settings.adminToken()).contains("mine");
        assertThat(settings.listen()).isEqualTo(new OperatorSettings.Address("0.0.0.0", 0));
    }

    @ParameterizedTest
    @CsvSource({
        "MILLRACE_OPERATOR_INTERVAL, PT0.1S, PT1S .. PT1H",
        "MILLRACE_OPERATOR_INTERVAL, soon, PT1S .. PT1H",
        "MILLRACE_OPERATOR_PORT, 70000, 0 .. 65535",
        "MILLRACE_OPERATOR_INTERVALL, PT5S, no setting"
    })
    void whatCannotBeIsRefusedByName(String name, String value, String range) {
        // Given
        final Map<String, String> environment = Map.of(name, value);

        // When
        final Throwable refusal = catchThrowable(() -> OperatorSettings.of(environment));

        // Then
        assertThat(refusal)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(range);
    }
}
