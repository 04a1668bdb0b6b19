package dev.millrace.ingestion.intake;

import dev.millrace.ingestion.intake.EventLog.Entry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log that acknowledges, fails or hangs as the test wants. */
public final class InMemoryEventLog implements EventLog {
    /** How the log behaves from now on. */
    public enum Mood {
        ACKNOWLEDGES,
        FAILS,
        HANGS,
        TAKES_LESS
    }

    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Void>> hanging = new CopyOnWriteArrayList<>();
    private volatile Mood mood = Mood.ACKNOWLEDGES;

    @Override
    public List<CompletableFuture<Void>> append(List<Entry> appended) {
        return appended.stream().map(this::append).toList();
    }

    private CompletableFuture<Void> append(Entry entry) {
        final CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        switch (mood) {
            case FAILS -> acknowledged.completeExceptionally(new IllegalStateException("not enough replicas"));
            case HANGS -> hanging.add(acknowledged);
            case TAKES_LESS -> acknowledged.completeExceptionally(new TooLargeException(entry.topic()));
            case ACKNOWLEDGES -> {
                entries.add(entry);
                acknowledged.complete(null);
            }
        }
        return acknowledged;
    }

    public void become(Mood next) {
        mood = next;
        if (next != Mood.HANGS) {
            hanging.forEach(waiting -> waiting.complete(null));
            hanging.clear();
        }
    }

    public void forget() {
        entries.clear();
    }

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public void close() {
        become(Mood.ACKNOWLEDGES);
    }
}
