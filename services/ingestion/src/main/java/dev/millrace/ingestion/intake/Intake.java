package dev.millrace.ingestion.intake;

import dev.millrace.events.json.Decoded;
import dev.millrace.ingestion.intake.EventLog.Entry;
import dev.millrace.ingestion.intake.EventLog.TooLargeException;
import dev.millrace.ingestion.intake.EventType.Prepared;
import dev.millrace.ingestion.intake.Receipt.Outcome;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
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

    /** As {@link #take}, of a single deletion; refused where its id could not be read. */
    public CompletionStage<Receipt> forget(EventType<?> type, Decoded<String> id) {
        try {
            return append(type, List.of(type.forget(id)));
        } catch (RequestRefusedException.Overloaded e) {
            return CompletableFuture.failedFuture(e);
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
        final long started = System.nanoTime();
        return log.append(entries).thenApply(appended -> {
            final Receipt receipt = receipt(items, appended.iterator());
            metrics.settled(type.topic(), receipt, System.nanoTime() - started);
            return receipt;
        });
    }

    private static Receipt receipt(List<Prepared> items, Iterator<CompletableFuture<Void>> appended) {
        return new Receipt(items.stream()
                .map(item -> item instanceof Prepared.Ready ready
                        ? outcome(ready.entry(), appended.next())
                        : ((Prepared.Refused) item).outcome())
                .toList());
    }

    private static Outcome outcome(Entry entry, CompletableFuture<Void> appended) {
        if (appended.isDone() && !appended.isCompletedExceptionally()) {
            return new Outcome.Accepted(entry.key());
        }
        return failure(appended)
                .filter(TooLargeException.class::isInstance)
                .<Outcome>map(tooLarge -> new Outcome.TooLarge(entry.key(), tooLarge.getMessage()))
                .orElseGet(() ->
                        new Outcome.Unacknowledged(entry.key(), "the broker did not acknowledge it, post it again"));
    }

    /** What made it fail; empty while it is not done. */
    private static Optional<Throwable> failure(CompletableFuture<Void> appended) {
        return appended.isDone()
                ? appended.handle((done, failure) -> Optional.ofNullable(failure))
                        .join()
                : Optional.empty();
    }

    private RequestRefusedException.Overloaded overloaded(EventType<?> type) {
        metrics.overloaded(type.topic());
        return new RequestRefusedException.Overloaded();
    }
}
