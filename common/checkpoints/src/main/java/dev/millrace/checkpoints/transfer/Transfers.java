package dev.millrace.checkpoints.transfer;

import dev.millrace.checkpoints.bucket.BucketUnavailableException;
import dev.millrace.checkpoints.bucket.FileEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Files on their way, a few at a time: one stream seldom fills a link, and small files only wait for answers.
 *
 * <p>What is under way when one fails, or when the caller is interrupted, is interrupted too and waited for, so that nothing is
 * written any more when this returns; what has not begun never begins.
 */
final class Transfers {
    /** A server may keep each in memory to verify it (96 MiB at most), and more than four fill no link that four do not. */
    static final int AT_ONCE = 4;

    private final Consumer<String> transfer;
    private final AtomicBoolean over = new AtomicBoolean();

    private Transfers(final Consumer<String> transfer) {
        this.transfer = transfer;
    }

    /**
     * Transfers each file, the largest first, as what takes longest must not begin last.
     *
     * @throws RuntimeException the first failure, as it was thrown
     * @throws BucketUnavailableException when the caller is interrupted, who stays so
     */
    static void each(final Map<String, FileEntry> files, final Consumer<String> transfer) {
        final List<String> largestFirst = files.entrySet().stream()
                .sorted(Comparator.comparingLong(file -> -file.getValue().size()))
                .map(Map.Entry::getKey)
                .toList();
        final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, Transfers::thread);
        try {
            new Transfers(transfer).all(largestFirst, new ExecutorCompletionService<>(threads));
        } finally {
            end(threads);
        }
    }

    private void all(final List<String> files, final CompletionService<String> threads) {
        for (final String file : files) {
            final Future<String> unused = threads.submit(() -> one(file), file);
        }
        try {
            for (int ended = 0; ended < files.size(); ended++) {
                threads.take().get();
            }
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (InterruptedException e) {
            over.set(true);
            Thread.currentThread().interrupt();
            throw new BucketUnavailableException("interrupted with files under way", e);
        }
    }

    private void one(final String file) {
        if (over.get()) {
            return;
        }
        try {
            transfer.accept(file);
        } catch (RuntimeException | Error e) {
            // Before this thread may take the next.
            over.set(true);
            throw e;
        }
    }

    private static RuntimeException failure(final Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
    }

    private static void end(final ExecutorService threads) {
        threads.shutdownNow();
        boolean ended = false;
        boolean interrupted = false;
        while (!ended) {
            try {
                ended = threads.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(final Runnable work) {
        final Thread thread = new Thread(work, "transfer");
        thread.setDaemon(true);
        return thread;
    }
}
