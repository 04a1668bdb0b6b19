package dev.millrace.kernels.threads;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * The calling thread and helpers that take parts from one counter: who is held up takes fewer. A layer is a dozen pieces of work of
 * some ten microseconds, so helpers look for the next one for a moment before they sleep. For one calling thread at a time.
 */
public final class Team implements Crew, AutoCloseable {
    /** Some 50 microseconds: longer than from one piece of work to the next, shorter than what a waking thread costs. */
    private static final int LOOKS = 2_000;

    private final List<Scratch> scratches;
    private final List<Helper> helpers;
    private volatile Optional<Job> job = Optional.empty();
    private volatile boolean closed;

    /** Of {@code threads} with the caller. */
    public Team(int threads) {
        scratches = IntStream.range(0, threads).mapToObj(i -> new Scratch()).toList();
        helpers = IntStream.range(1, threads).mapToObj(Helper::new).toList();
        helpers.forEach(Thread::start);
    }

    @Override
    public int threads() {
        return scratches.size();
    }

    Scratch scratch(int worker) {
        return scratches.get(worker);
    }

    @Override
    public void each(int parts, Work work) {
        Job next = new Job(parts, work);
        if (parts > 1 && !helpers.isEmpty()) {
            job = Optional.of(next);
            helpers.forEach(Helper::wake);
        }
        next.take(0);
        next.finish();
    }

    @Override
    public void close() {
        closed = true;
        helpers.forEach(LockSupport::unpark);
    }

    /** One piece of work, its parts taken and done. */
    private final class Job {
        private final int parts;
        private final Work work;
        private final AtomicInteger taken = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());

        private Job(int parts, Work work) {
            this.parts = parts;
            this.work = work;
        }

        private void take(int worker) {
            for (int part = taken.getAndIncrement(); part < parts; part = taken.getAndIncrement()) {
                try {
                    work.run(worker, scratches.get(worker), part);
                } catch (RuntimeException | Error e) {
                    failure.set(Optional.of(e));
                } finally {
                    done.incrementAndGet();
                }
            }
        }

        /** Waits for the parts that others took, and throws what any of them threw. */
        private void finish() {
            for (int look = 1; done.get() < parts; look++) {
                if (look % LOOKS == 0) {
                    Thread.yield();
                } else {
                    Thread.onSpinWait();
                }
            }
            failure.get().ifPresent(thrown -> {
                throw new IllegalStateException("a part of the encoding failed", thrown);
            });
        }
    }

    private final class Helper extends Thread {
        private final int worker;
        private volatile boolean asleep;

        private Helper(int worker) {
            super("kernels-" + worker);
            this.worker = worker;
            setDaemon(true);
        }

        private void wake() {
            if (asleep) {
                LockSupport.unpark(this);
            }
        }

        @Override
        public void run() {
            Optional<Job> last = job;
            int looks = 0;
            while (!closed) {
                Optional<Job> now = job;
                if (now != last) {
                    now.ifPresent(next -> next.take(worker));
                    last = now;
                    looks = 0;
                } else if (looks++ < LOOKS) {
                    Thread.onSpinWait();
                } else {
                    sleep(last);
                    looks = 0;
                }
            }
        }

        private void sleep(Optional<Job> last) {
            asleep = true;
            if (job == last && !closed) {
                LockSupport.park(this);
            }
            asleep = false;
        }
    }
}
