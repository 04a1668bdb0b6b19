package dev.millrace.ingestion.intake;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that parse, with a bounded queue before them: a task too many is rejected. */
public final class Workers implements Executor, AutoCloseable {
    private final ThreadPoolExecutor threads;

    public Workers(int count, int queue) {
        this.threads = new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queue),
                task -> new Thread(task, "ingestion-worker"));
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
