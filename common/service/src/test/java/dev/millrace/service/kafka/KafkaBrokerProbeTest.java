package dev.millrace.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class KafkaBrokerProbeTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    @Test
    void saysWhyTheTopicsOfAnUnknownOrSilentBrokerCannotBeUsed() {
        // Given a name that cannot be resolved, then a port where nobody listens
        final AtomicReference<String> servers = new AtomicReference<>("no-such-broker.invalid:9092");
        try (KafkaBrokerProbe probe =
                new KafkaBrokerProbe(() -> admin(servers.get()), List.of("pairs"), Duration.ofMillis(10), CLOCK)) {
            final Optional<String> before = probe.state().trouble();

            // When
            probe.start();

            // Then
            await(() -> trouble(probe).contains("Failed to create new KafkaAdminClient"));
            servers.set("127.0.0.1:1");
            await(() -> trouble(probe).contains("TimeoutException"));
            assertThat(before).contains("not asked yet");
        }
    }

    @Test
    void aBadSettingIsRefusedAtOnce() {
        // Given
        final KafkaConfig kafka = new Settings("127.0.0.1:1", Map.of("security.protocol", "SASL"));

        // When
        final Throwable refusal =
                catchThrowable(() -> KafkaBrokerProbe.of(kafka, List.of("pairs"), Duration.ofSeconds(1), CLOCK));

        // Then
        assertThat(refusal).hasStackTraceContaining("security.protocol");
    }

    @Test
    void aBrokerThatWentAwayIsWaitedForAndOneThatWasNeverThereIsNot() {
        // Given
        final Duration grace = Duration.ofMinutes(2);
        final BrokerState away = new BrokerState.Unreachable("no answer", Optional.of(NOW));
        final BrokerState never = new BrokerState.Unreachable("no answer");

        // When
        final boolean early = away.isPassing(grace, NOW.plusSeconds(119));
        final boolean late = away.isPassing(grace, NOW.plusSeconds(120));

        // Then
        assertThat(early).isTrue();
        assertThat(late).isFalse();
        assertThat(never.isPassing(grace, NOW)).isFalse();
        assertThat(new BrokerState.Reachable().isPassing(grace, NOW)).isTrue();
    }

    private static String trouble(BrokerProbe probe) {
        return probe.state().trouble().orElseThrow();
    }

    private static Admin admin(String servers) {
        final Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", servers);
        settings.put("request.timeout.ms", 200);
        settings.put("default.api.timeout.ms", 200);
        return Admin.create(settings);
    }

    private static void await(BooleanSupplier condition) {
        final long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within " + DEADLINE).isLessThan(deadline);
            LockSupport.parkNanos(2_000_000);
        }
    }

    private record Settings(String bootstrapServers, Map<String, String> properties) implements KafkaConfig {
        @Override
        public Optional<String> topicPrefix() {
            return Optional.empty();
        }
    }
}
