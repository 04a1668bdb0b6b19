package dev.millrace.trainer.status;

import dev.millrace.checkpoints.version.Decision;
import dev.millrace.checkpoints.version.Manifest;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Which version is the lineage's head, what it is worth, and whether the gate trusts it. */
public final class HeadStatus {
    private final AtomicReference<Optional<Manifest>> head = new AtomicReference<>(Optional.empty());
    private final MultiGauge info;

    HeadStatus(MeterRegistry meters) {
        info = MultiGauge.builder("millrace.trainer.head.info").register(meters);
        gauge(
                meters,
                "millrace.trainer.hit.at.1",
                manifest -> Optional.ofNullable(manifest.evaluation().get("hit@1")));
        gauge(meters, "millrace.trainer.trusted", manifest -> manifest.decision()
                .map(Decision::trusted)
                .map(trusted -> trusted ? 1.0 : 0.0));
    }

    /** Not a number where nothing says it, as of version 0. */
    private void gauge(MeterRegistry meters, String name, Function<Manifest, Optional<Double>> figure) {
        Gauge.builder(name, head, reference -> reference.get().flatMap(figure).orElse(Double.NaN))
                .strongReference(true)
                .register(meters);
    }

    /** The head is this one now. */
    public void at(Manifest manifest) {
        head.set(Optional.of(manifest));
        info.register(List.of(Row.of(Tags.of("version", manifest.version()), 1)), true);
    }
}
