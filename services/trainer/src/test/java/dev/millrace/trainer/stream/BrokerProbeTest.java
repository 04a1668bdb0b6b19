package dev.millrace.trainer.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class BrokerProbeTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Test
    void saysWhyNothingCanBeReadFromAnUnknownOrSilentBroker() {
        // Given a name that cannot be resolved, then a port where nobody listens
        AtomicReference<String> servers = new AtomicReference<>("no-such-broker.invalid:9092");
        try (BrokerProbe probe = new BrokerProbe(() -> admin(servers.get()), "pairs", Duration.ofMillis(10))) {
            String before = probe.trouble().orElseThrow();

            // When
            probe.start();

            // Then
            await(() -> probe.trouble().orElseThrow().contains("Failed to create new KafkaAdminClient"));
            servers.set("127.0.0.1:1");
            await(() -> probe.trouble().orElseThrow().contains("TimeoutException"));
            assertThat(before).isEqualTo("not asked yet");
        }
    }

    private static Admin admin(String servers) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", servers);
        settings.put("request.timeout.ms", 200);
        settings.put("default.api.timeout.ms", 200);
        return Admin.create(settings);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within " + DEADLINE).isLessThan(deadline);
            LockSupport.parkNanos(2_000_000);
        }
    }
}
