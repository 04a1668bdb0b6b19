package dev.millrace.ingestion.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.events.Decoded;
import dev.millrace.events.EventJson;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The way of a request: parse, judge every item, admit the good ones together, append, gather the outcomes. */
public final class Intake {
    private final EventLog log;
    private final Admission admission;
    private final IntakeLimits limits;
    private final InstantSource clock;
    private final IntakeMetrics metrics;

    public Intake(EventLog log, Admission admission, IntakeLimits limits, InstantSource clock, IntakeMetrics metrics) {
        this.log = log;
        this.admission = admission;
        this.limits = limits;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Completes within the acknowledgement time-out, always normally.
     *
     * @throws RequestRefusedException when nothing of the body was taken
     */
    public CompletionStage<Receipt> take(EventType<?> type, byte[] body) {
        final Instant now = clock.instant();
        final List<Prepared> prepared =
                items(body).stream().map(item -> type.prepare(item, now)).toList();
        admit(type, prepared);
        final List<CompletableFuture<Outcome>> outcomes =
                prepared.stream().map(item -> settle(type, item)).toList();
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .thenApply(done -> new Receipt(
                        outcomes.stream().map(CompletableFuture::join).toList()));
    }

    private List<JsonNode> items(byte[] body) {
        final Decoded<List<JsonNode>> batch = EventJson.parseBatch(body, limits.maxBytes(), limits.maxItems());
        if (batch instanceof Decoded.Invalid<List<JsonNode>> invalid) {
            throw new RequestRefusedException.Malformed("the body " + invalid.reason());
        }
        final List<JsonNode> items = ((Decoded.Valid<List<JsonNode>>) batch).event();
        if (items.isEmpty()) {
            throw new RequestRefusedException.Malformed("the body must have at least 1 item");
        }
        return items;
    }

    private void admit(EventType<?> type, List<Prepared> prepared) {
        final List<Entry> entries = prepared.stream()
                .filter(Prepared.Ready.class::isInstance)
                .map(item -> ((Prepared.Ready) item).entry())
                .toList();
        final long bytes =
                entries.stream().mapToLong(entry -> entry.value().length).sum();
        if (!admission.tryEnter(entries.size(), bytes)) {
            metrics.overloaded(type.topic());
            throw new RequestRefusedException.Overloaded();
        }
    }

    private CompletableFuture<Outcome> settle(EventType<?> type, Prepared item) {
        if (item instanceof Prepared.Ready ready) {
            return append(ready.entry());
        }
        final Prepared.Refused refused = (Prepared.Refused) item;
        metrics.refused(type.topic(), refused.field());
        return CompletableFuture.completedFuture(new Outcome.Refused(refused.field(), refused.reason()));
    }

    /** The place in flight is given back when the log is done with the entry, however early the caller was answered. */
    private CompletableFuture<Outcome> append(Entry entry) {
        final long started = System.nanoTime();
        final CompletableFuture<Void> appended =
                log.append(entry).whenComplete((done, failure) -> admission.leave(entry.value().length));
        return appended.copy()
                .orTimeout(limits.ackTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .handle((done, failure) -> failure == null ? accepted(entry, started) : unacknowledged(entry));
    }

    private Outcome accepted(Entry entry, long started) {
        metrics.accepted(entry.topic(), System.nanoTime() - started);
        return new Outcome.Accepted(entry.key());
    }

    private Outcome unacknowledged(Entry entry) {
        metrics.unacknowledged(entry.topic());
        return new Outcome.Unacknowledged(entry.key(), "the broker did not acknowledge it, post it again");
    }
}
