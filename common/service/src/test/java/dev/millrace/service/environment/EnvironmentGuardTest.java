package dev.millrace.service.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.service.access.HttpConfig;
import dev.millrace.service.kafka.KafkaConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentGuardTest {
    private static final KnownKeys KNOWN = KnownKeys.of(Broker.class, Mill.class, HttpConfig.class);

    @ConfigMapping(prefix = "millrace.kafka")
    interface Broker extends KafkaConfig {}

    @ConfigMapping(prefix = "millrace.mill")
    interface Mill {
        double stoneRate();

        Optional<List<Integer>> grains();

        Wheel wheel();

        interface Wheel {
            int blades();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MILLRACE_MILL_STONE_RATE",
                "MILLRACE_MILL_GRAINS",
                "MILLRACE_MILL_GRAINS_0_",
                "MILLRACE_MILL_WHEEL_BLADES",
                "MILLRACE_KAFKA_BOOTSTRAP_SERVERS",
                "MILLRACE_KAFKA_TOPIC_PREFIX",
                "MILLRACE_KAFKA_PROPERTIES__GROUP_INSTANCE_ID_",
                "MILLRACE_KAFKA_PROPERTIES_ACKS",
                "MILLRACE_HTTP_TOKENS_PRODUCER"
            })
    void aVariableOfAKeyIsLetIn(String variable) {
        // Given
        Set<String> environment = Set.of(variable);

        // When
        Throwable refusal = catchThrowable(() -> EnvironmentGuard.require(KNOWN, environment));

        // Then
        assertThat(refusal).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MILLRACE_HOME",
                "MILLRACE_JAVA_OPTS",
                "MILLRACE_OTHERS_WINDW",
                "MILLRACE_MILLER_X",
                "MILLRACE_MILL_SERVICE_HOST",
                "MILLRACE_MILL_SERVICE_PORT_HTTP",
                "MILLRACE_MILL_PORT",
                "MILLRACE_MILL_PORT_8080_TCP_ADDR",
                "PATH"
            })
    void whatIsForSomebodyElseIsLetIn(String variable) {
        // Given
        Set<String> environment = Set.of(variable);

        // When
        Throwable refusal = catchThrowable(() -> EnvironmentGuard.require(KNOWN, environment));

        // Then
        assertThat(refusal).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "MILLRACE_MILL_STONE_RAET, MILLRACE_MILL_STONE_RATE",
        "MILLRACE_MILL_STONE_RATES, MILLRACE_MILL_STONE_RATE",
        "MILLRACE_MILL_WHEEL_BLADE, MILLRACE_MILL_WHEEL_BLADES",
        "MILLRACE_KAFKA_BOOTSTRAP_SERVER, MILLRACE_KAFKA_BOOTSTRAP_SERVERS",
        "MILLRACE_HTTP_TOKN, MILLRACE_HTTP_TOKEN"
    })
    void aMisspelledOneIsRefusedWithTheNearest(String variable, String nearest) {
        // Given
        Set<String> environment = Set.of(variable, "PATH");

        // When
        Throwable refusal = catchThrowable(() -> EnvironmentGuard.require(KNOWN, environment));

        // Then
        assertThat(refusal)
                .isInstanceOf(ConfigurationException.class)
                .hasNoCause()
                .hasMessage("no such key, environment variable " + variable + " (nearest: " + nearest + ")");
    }

    @Test
    void allMisspelledOnesAreToldInOneLine() {
        // Given
        Set<String> environment = Set.of("MILLRACE_MILL_GRAIN", "MILLRACE_HTTP_TOKN");

        // When
        Throwable refusal = catchThrowable(() -> EnvironmentGuard.require(KNOWN, environment));

        // Then
        assertThat(refusal)
                .hasMessageContaining("MILLRACE_MILL_GRAIN (")
                .hasMessageContaining("MILLRACE_HTTP_TOKN (")
                .hasMessageNotContaining("\n");
    }
}
