package dev.millrace.ingestion.intake;

import dev.millrace.ingestion.intake.EventLog.Entry;
import dev.millrace.ingestion.intake.EventType.Prepared;
import dev.millrace.ingestion.intake.Receipt.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** The way of a request: judge every item, admit the good ones together, append, gather the outcomes. */
public final class Intake {
    private final BatchReader reader;
    private final Executor workers;
    private final BoundedLog log;
    private final IntakeMetrics metrics;

    public Intake(BatchReader reader, Executor workers, BoundedLog log, IntakeMetrics metrics) {
        this.reader = reader;
        this.workers = workers;
        this.log = log;
        this.metrics = metrics;
    }

    /**
     * Never blocks; parsing runs on the workers. Fails with a {@link RequestRefusedException} when nothing of the body
     * was taken, and otherwise completes soon after the acknowledgement time-out at the latest.
     */
    public CompletionStage<Receipt> take(EventType<?> type, byte[] body) {
        try {
            return CompletableFuture.supplyAsync(() -> reader.read(type, body), workers)
                    .thenCompose(items -> append(type, items));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(overloaded(type));
        }
    }

    private CompletableFuture<Receipt> append(EventType<?> type, List<Prepared> items) {
        final List<Entry> entries = items.stream()
                .filter(Prepared.Ready.class::isInstance)
                .map(item -> ((Prepared.Ready) item).entry())
                .toList();
        if (!log.tryAdmit(entries)) {
            throw overloaded(type);
        }
        final List<CompletableFuture<Outcome>> outcomes =
                items.stream().map(item -> settle(type, item)).toList();
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .thenApply(done -> new Receipt(
                        outcomes.stream().map(CompletableFuture::join).toList()));
    }

    private CompletableFuture<Outcome> settle(EventType<?> type, Prepared item) {
        if (item instanceof Prepared.Ready ready) {
            return append(ready.entry());
        }
        final Prepared.Refused refused = (Prepared.Refused) item;
        metrics.refused(type.topic(), refused.field());
        return CompletableFuture.completedFuture(new Outcome.Refused(refused.field(), refused.reason()));
    }

    private CompletableFuture<Outcome> append(Entry entry) {
        final long started = System.nanoTime();
        return log.append(entry)
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

    private RequestRefusedException.Overloaded overloaded(EventType<?> type) {
        metrics.overloaded(type.topic());
        return new RequestRefusedException.Overloaded();
    }
}
