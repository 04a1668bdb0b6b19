package dev.millrace.encoder;

import dev.millrace.embedding.space.SpaceFit;
import dev.millrace.encoder.request.Failure;
import dev.millrace.encoder.request.VersionInfo;
import dev.millrace.encoder.serving.FittedSpace;
import dev.millrace.encoder.serving.LiveModel;
import dev.millrace.encoder.serving.VectorModel;
import dev.millrace.encoder.versions.load.LoadOutcome;
import dev.millrace.encoder.versions.watch.RollbackOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/** What this service tells Prometheus; the README lists the names. */
public final class EncoderMetrics {
    private static final String PREFIX = "millrace.encoder.";

    private final MeterRegistry registry;
    private final Counter texts;
    private final Counter tokens;
    private final Counter unavailable;
    private final Counter ignored;
    private final Timer requestTime;
    private final Timer reloadTime;
    private final MultiGauge served;
    private final MultiGauge engine;
    private final MultiGauge spaces;

    public EncoderMetrics(MeterRegistry registry, IntSupplier waiting, DoubleSupplier errorRate) {
        this.registry = registry;
        Gauge.builder(PREFIX + "queue.texts", waiting, IntSupplier::getAsInt)
                .strongReference(true)
                .register(registry);
        Gauge.builder(PREFIX + "error.rate", errorRate, DoubleSupplier::getAsDouble)
                .strongReference(true)
                .register(registry);
        this.texts = registry.counter(PREFIX + "texts");
        this.tokens = registry.counter(PREFIX + "tokens");
        this.unavailable = registry.counter(PREFIX + "fetch.failures");
        this.ignored = registry.counter(PREFIX + "ignored.announcements");
        this.requestTime = Timer.builder(PREFIX + "request")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry);
        this.reloadTime = Timer.builder(PREFIX + "reload")
                .publishPercentiles(0.5, 0.95)
                .distributionStatisticExpiry(Duration.ofDays(1))
                .register(registry);
        this.served = MultiGauge.builder(PREFIX + "served.version.info").register(registry);
        this.engine = MultiGauge.builder(PREFIX + "engine.info").register(registry);
        this.spaces = MultiGauge.builder(PREFIX + "space.recall").register(registry);
        for (LoadOutcome.Fault fault : LoadOutcome.Fault.values()) {
            refusals(fault);
        }
        for (RollbackOutcome outcome : RollbackOutcome.values()) {
            rollbacks(outcome);
        }
        for (Failure failure : Failure.values()) {
            requests(label(failure));
        }
    }

    public void answered(int textCount, int tokenCount, Duration took) {
        requests("ok").increment();
        texts.increment(textCount);
        tokens.increment(tokenCount);
        requestTime.record(took);
    }

    public void failed(Failure failure) {
        requests(label(failure)).increment();
    }

    public void refused(LoadOutcome.Fault fault) {
        refusals(fault).increment();
    }

    public void rolledBack(RollbackOutcome outcome) {
        rollbacks(outcome).increment();
    }

    public void ignored(int announcements) {
        ignored.increment(announcements);
    }

    public void unavailable() {
        unavailable.increment();
    }

    public void reloaded(Duration took, String channel, LiveModel model) {
        final VersionInfo info = model.info();
        final VectorModel.Computation computation = model.computation();
        reloadTime.record(took);
        final Tags tags = Tags.of("version", info.version(), "space", info.space(), "channel", channel);
        served.register(List.of(MultiGauge.Row.of(tags, () -> 1)), true);
        final Tags computed = Tags.of(
                "engine", computation.engine(), "precision", computation.precision(), "device", computation.device());
        engine.register(List.of(MultiGauge.Row.of(computed, () -> 1)), true);
    }

    /** Of the served version. */
    public void spaces(List<FittedSpace> fitted) {
        spaces.register(
                fitted.stream()
                        .map(space -> MultiGauge.Row.of(
                                Tags.of("space", space.name()),
                                space.fit().map(SpaceFit::recall).orElse(0.0)))
                        .collect(Collectors.toList()),
                true);
    }

    private Counter requests(String outcome) {
        return registry.counter(PREFIX + "requests", "outcome", outcome);
    }

    private Counter rollbacks(RollbackOutcome outcome) {
        return registry.counter(PREFIX + "rollbacks", "outcome", outcome.name().toLowerCase(Locale.ROOT));
    }

    private Counter refusals(LoadOutcome.Fault fault) {
        return registry.counter(
                PREFIX + "refused.versions", "fault", fault.name().toLowerCase(Locale.ROOT));
    }

    private static String label(Failure failure) {
        return failure.name().toLowerCase(Locale.ROOT);
    }
}
