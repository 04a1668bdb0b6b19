package dev.millrace.ingestion.intake;

import dev.millrace.ingestion.intake.EventLog.Entry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The log with a bound on what waits for it and on how long a caller does. */
public final class BoundedLog {
    private final EventLog log;
    private final Admission admission;
    private final Duration ackTimeout;

    public BoundedLog(EventLog log, Admission admission, Duration ackTimeout) {
        this.log = log;
        this.admission = admission;
        this.ackTimeout = ackTimeout;
    }

    /** Takes places for all entries or none; each is given back when {@link #append} has settled its entry. */
    boolean tryAdmit(List<Entry> entries) {
        return admission.tryEnter(
                entries.size(),
                entries.stream().mapToLong(entry -> entry.value().length).sum());
    }

    /**
     * Completes in time, one timer for all; entries whose future is not done by then were not acknowledged. A place is given back when
     * the log itself is done with the entry, however early the caller was answered.
     */
    CompletableFuture<List<CompletableFuture<Void>>> append(List<Entry> entries) {
        final List<CompletableFuture<Void>> appended = log.append(entries);
        for (int i = 0; i < appended.size(); i++) {
            final int bytes = entries.get(i).value().length;
            final CompletableFuture<Void> unused =
                    appended.get(i).whenComplete((done, failure) -> admission.leave(bytes));
        }
        return CompletableFuture.allOf(appended.toArray(CompletableFuture[]::new))
                .copy()
                .orTimeout(ackTimeout.toNanos(), TimeUnit.NANOSECONDS)
                .handle((done, failure) -> appended);
    }
}
