package dev.millrace.embedding.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A thread for each device where there are several; a single device is used from the caller's thread. */
public final class Lanes implements AutoCloseable {
    private final int count;
    private final ExecutorService threads;

    public Lanes(int count) {
        this.count = count;
        threads = Executors.newFixedThreadPool(count, work -> {
            Thread thread = new Thread(work, "device-lane");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What each lane's work gives, in their order; returns, or throws the first failure, when all have ended. */
    public <T> List<T> each(IntFunction<T> work) {
        if (count == 1) {
            return List.of(work.apply(0));
        }
        List<Future<T>> running = IntStream.range(0, count)
                .mapToObj(lane -> threads.submit((Callable<T>) () -> work.apply(lane)))
                .toList();
        List<T> results = new ArrayList<>();
        List<RuntimeException> failures = new ArrayList<>();
        for (Future<T> lane : running) {
            try {
                results.add(uninterrupted(lane));
            } catch (ExecutionException e) {
                failures.add(e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e));
            }
        }
        failures.stream().findFirst().ifPresent(failure -> {
            throw failure;
        });
        return results;
    }

    public void run(IntConsumer work) {
        each(lane -> {
            work.accept(lane);
            return lane;
        });
    }

    /** A lane's native work cannot be interrupted, and its memory is freed by the caller: so it is waited for. */
    private static <T> T uninterrupted(Future<T> lane) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return lane.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
