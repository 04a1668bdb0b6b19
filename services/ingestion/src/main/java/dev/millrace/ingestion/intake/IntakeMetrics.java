package dev.millrace.ingestion.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.regex.Pattern;

/** What operators see of the intake. */
public final class IntakeMetrics {
    private static final String NAME = "millrace.ingestion.";
    private static final String TOPIC = "topic";
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

    private final MeterRegistry registry;

    public IntakeMetrics(MeterRegistry registry, Admission admission) {
        this.registry = registry;
        registry.gauge(NAME + "in.flight", admission, Admission::records);
        registry.gauge(NAME + "in.flight.bytes", admission, Admission::bytes);
    }

    void accepted(String topic, long nanos) {
        registry.counter(NAME + "accepted", TOPIC, topic).increment();
        Timer.builder(NAME + "ack")
                .tag(TOPIC, topic)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry)
                .record(Duration.ofNanos(nanos));
    }

    /** Indexes are taken out of the field's path, so that the names are few. */
    void refused(String topic, String field) {
        final String name = field.isEmpty() ? "value" : INDEX.matcher(field).replaceAll("[]");
        registry.counter(NAME + "refused", TOPIC, topic, "field", name).increment();
    }

    void unacknowledged(String topic) {
        registry.counter(NAME + "unacknowledged", TOPIC, topic).increment();
    }

    void overloaded(String topic) {
        registry.counter(NAME + "overloaded", TOPIC, topic).increment();
    }
}
