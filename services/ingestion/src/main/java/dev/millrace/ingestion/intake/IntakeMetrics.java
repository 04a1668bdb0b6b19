package dev.millrace.ingestion.intake;

import dev.millrace.ingestion.intake.Receipt.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What operators see of the intake. Counted once for a request, not for each of its items. */
public final class IntakeMetrics {
    private static final String NAME = "millrace.ingestion.";
    private static final String TOPIC = "topic";
    private static final String FIELD = "field";
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

    private final MeterRegistry registry;
    private final Map<String, OfTopic> topics = new ConcurrentHashMap<>();

    public IntakeMetrics(MeterRegistry registry, Admission admission) {
        this.registry = registry;
        registry.gauge(NAME + "in.flight", admission, Admission::records);
        registry.gauge(NAME + "in.flight.bytes", admission, Admission::bytes);
    }

    /** {@code nanos}: from the first item's way to the broker to the last one's acknowledgement, or to the end of waiting. */
    void settled(String topic, Receipt receipt, long nanos) {
        final OfTopic meters = of(topic);
        if (receipt.accepted() > 0) {
            meters.accepted().increment(receipt.accepted());
            meters.acknowledged().record(nanos, TimeUnit.NANOSECONDS);
        }
        if (receipt.unacknowledged() > 0) {
            meters.unacknowledged().increment(receipt.unacknowledged());
        }
        if (receipt.refused() > 0) {
            refused(topic, receipt);
        }
    }

    void overloaded(String topic) {
        of(topic).overloaded().increment();
    }

    private void refused(String topic, Receipt receipt) {
        final Map<String, Long> byField = receipt.outcomes().stream()
                .filter(outcome -> outcome instanceof Outcome.Refused || outcome instanceof Outcome.TooLarge)
                .collect(Collectors.groupingBy(IntakeMetrics::field, Collectors.counting()));
        byField.forEach((field, count) ->
                registry.counter(NAME + "refused", TOPIC, topic, FIELD, field).increment(count));
    }

    /** Indexes are taken out of the field's path, so that the names are few. */
    private static String field(Outcome outcome) {
        final String path = outcome instanceof Outcome.Refused refused ? refused.field() : "";
        return path.isEmpty() ? "value" : INDEX.matcher(path).replaceAll("[]");
    }

    private OfTopic of(String topic) {
        return topics.computeIfAbsent(topic, this::meters);
    }

    private OfTopic meters(String topic) {
        final Function<String, Counter> counter = name -> registry.counter(NAME + name, TOPIC, topic);
        final Timer acknowledged = Timer.builder(NAME + "ack")
                .tag(TOPIC, topic)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry);
        return new OfTopic(
                counter.apply("accepted"), counter.apply("unacknowledged"), counter.apply("overloaded"), acknowledged);
    }

    /** Found once, since finding a meter costs more than counting. */
    private record OfTopic(Counter accepted, Counter unacknowledged, Counter overloaded, Timer acknowledged) {}
}
