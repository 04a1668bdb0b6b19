package dev.millrace.encoder;

import dev.millrace.encoder.versions.catalog.ServedVersion;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.InstantSource;

/** What Prometheus can read off the version that serves. */
final class ServedGauges implements MeterBinder {
    private static final double MILLIS = 1e3;

    private final ServedVersion served;
    private final InstantSource clock;

    ServedGauges(ServedVersion served, InstantSource clock) {
        this.served = served;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("millrace.encoder.queue.tokens", served, ServedVersion::waitingTokens)
                .strongReference(true)
                .register(registry);
        Gauge.builder("millrace.encoder.served.version.age.seconds", this, ServedGauges::age)
                .strongReference(true)
                .register(registry);
    }

    /** Seconds since it was published; no number as long as nothing is served. */
    private double age() {
        return served.info()
                .map(info -> Duration.between(info.createdAt(), clock.instant()).toMillis() / MILLIS)
                .orElse(Double.NaN);
    }
}
