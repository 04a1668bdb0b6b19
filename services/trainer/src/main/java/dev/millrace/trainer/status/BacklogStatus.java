package dev.millrace.trainer.status;

import dev.millrace.trainer.stream.Backlog;
import dev.millrace.trainer.stream.Backlog.Waiting;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.ToDoubleFunction;

/** How far this trainer is behind its partitions; not a number where it does not know. */
final class BacklogStatus {
    private static final double MILLIS = 1000;

    private BacklogStatus() {}

    /** Tells it from now on; the clock is that of the records' times. */
    static void register(MeterRegistry meters, Backlog backlog, InstantSource clock) {
        gauge(meters, backlog, "millrace.trainer.lag.records", Waiting::records);
        gauge(meters, backlog, "millrace.trainer.lagging.partitions", Waiting::partitions);
        gauge(meters, backlog, "millrace.trainer.time.behind.seconds", waiting -> waiting.oldest()
                .map(oldest ->
                        Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / MILLIS))
                .orElse(0.0));
    }

    private static void gauge(MeterRegistry meters, Backlog backlog, String name, ToDoubleFunction<Waiting> figure) {
        Gauge.builder(name, backlog, seen -> seen.waiting()
                        .map(waiting -> figure.applyAsDouble(waiting))
                        .orElse(Double.NaN))
                .strongReference(true)
                .register(meters);
    }
}
