package dev.millrace.checkpoints.lineage;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Runners that start at the same moment. */
public final class Race {
    private Race() {}

    public static <T> List<T> of(final int runners, final IntFunction<T> run) {
        final ExecutorService threads = Executors.newFixedThreadPool(runners);
        final CyclicBarrier start = new CyclicBarrier(runners);
        try {
            final List<Callable<T>> calls = IntStream.range(0, runners)
                    .<Callable<T>>mapToObj(i -> () -> {
                        start.await(10, TimeUnit.SECONDS);
                        return run.apply(i);
                    })
                    .toList();
            return threads.invokeAll(calls, 60, TimeUnit.SECONDS).stream()
                    .map(Race::result)
                    .toList();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> T result(final Future<T> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
