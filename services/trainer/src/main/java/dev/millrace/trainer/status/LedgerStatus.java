package dev.millrace.trainer.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.trainer.learning.ledger.Ledger;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * What the newest version keeps of what was learned. Of groups, which anybody may name, there are numbers on request
 * only: a gauge each would be as many time series as producers care to make.
 */
public final class LedgerStatus {
    private final AtomicReference<Optional<Entry>> latest = new AtomicReference<>(Optional.empty());

    private record Entry(String version, Ledger ledger) {}

    LedgerStatus(MeterRegistry meters) {
        gauge(meters, "millrace.trainer.forgetting", Ledger::forgetting);
        gauge(meters, "millrace.trainer.backward.transfer", Ledger::backwardTransfer);
        gauge(meters, "millrace.trainer.most.forgotten", Ledger::mostForgotten);
    }

    /** Not a number where nothing says it, as Prometheus has it. */
    private void gauge(MeterRegistry meters, String name, Function<Ledger, OptionalDouble> figure) {
        Gauge.builder(name, latest, reference -> reference
                        .get()
                        .map(entry -> figure.apply(entry.ledger()).orElse(Double.NaN))
                        .orElse(Double.NaN))
                .strongReference(true)
                .register(meters);
    }

    /** The lineage's head is this one now. */
    public void at(String version, Ledger ledger) {
        latest.set(Optional.of(new Entry(version, ledger)));
    }

    /** As JSON; empty until a version is taken up. */
    public Optional<ObjectNode> json() {
        return latest.get().map(entry -> entry.ledger().json().put("version", entry.version()));
    }
}
