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
import java.util.stream.LongStream;

/** What this service tells Prometheus; the README lists the names. */
public final class EncoderMetrics {
    private static final String PREFIX = "millrace.encoder.";

    /** The bounds that OpenTelemetry's semantic conventions advise for the duration of a request. */
    private static final Duration[] BOUNDS = LongStream.of(
                    5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

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
        this.requestTime =
                Timer.builder(PREFIX + "request").serviceLevelObjectives(BOUNDS).register(registry);
        for (Stage stage : Stage.values()) {
            time(stage);
        }
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

    /** How long a part of a request took, whatever became of it then. */
    public void took(Stage stage, Duration time) {
        time(stage).record(time);
    }

    /** The parts of a request. */
    public enum Stage {
        /** Waiting for the version that is asked for, which a pinned one may have to be loaded for. */
        VERSION,
        /** Texts to tokens. */
        TOKENS,
        /** Waiting for passes, and those themselves. */
        VECTORS
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

    private Timer time(Stage stage) {
        return Timer.builder(PREFIX + "stage")
                .tag("stage", stage.name().toLowerCase(Locale.ROOT))
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
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
