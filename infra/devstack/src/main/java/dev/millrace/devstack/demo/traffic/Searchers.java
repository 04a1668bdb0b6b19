package dev.millrace.devstack.demo.traffic;

import dev.millrace.client.failure.ClientException;
import dev.millrace.devstack.demo.data.Chapter;
import dev.millrace.devstack.demo.data.Example;
import dev.millrace.devstack.demo.stack.IngestionTraffic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Search beside the posting, chapter after chapter, so that neither waits for the other. */
public final class Searchers implements AutoCloseable {
    private static final Duration LAST_CHAPTER = Duration.ofSeconds(30);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "searchers"));
    private final IngestionTraffic ingestion;
    private final Searches searches;
    private final AtomicLong searched = new AtomicLong();
    private final AtomicLong clicks = new AtomicLong();

    public Searchers(IngestionTraffic ingestion, Searches searches) {
        this.ingestion = ingestion;
        this.searches = searches;
    }

    /** Searches for the examples among the chapter's documents, when the chapters before have been searched. */
    void begin(List<Example> asked, Chapter chapter) {
        if (!asked.isEmpty()) {
            thread.execute(() -> search(asked, chapter));
        }
    }

    private void search(List<Example> asked, Chapter chapter) {
        try {
            Searches.Session session = searches.search(asked, chapter);
            ingestion.impressions(session.impressions());
            ingestion.clicks(session.clicks());
            searched.addAndGet(session.impressions().size());
            clicks.addAndGet(session.clicks().size());
        } catch (ClientException e) {
            // Counted where it was met, and the run fails by it; the stream goes on so that its end is seen, too.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until every chapter begun has been searched. */
    void await() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(LAST_CHAPTER.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("searches took longer than " + LAST_CHAPTER.toSeconds() + " s");
        }
    }

    public long searched() {
        return searched.get();
    }

    public long clicks() {
        return clicks.get();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
