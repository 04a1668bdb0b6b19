package dev.millrace.devstack.process;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** Starts processes, starts them again when they die, and stops them. One thread owns all of their states. */
public final class Supervisor implements AutoCloseable {
    private final ScheduledExecutorService owner = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "supervisor");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Supervised> children = new LinkedHashMap<>();
    private final InstantSource clock;
    private final Duration grace;
    private final Supervised.Listener listener;
    private boolean closed;

    public Supervisor(InstantSource clock, Duration grace, Supervised.Listener listener) {
        this.clock = clock;
        this.grace = grace;
        this.listener = listener;
    }

    public void start(LaunchSpec spec) {
        add(spec);
        startAgain(spec.name());
    }

    /** Takes a process on that is not to run yet. */
    public void add(LaunchSpec spec) {
        onOwner(() -> children.put(spec.name(), new Supervised(spec, owner, clock, listener)));
    }

    /** Starts a stopped process; one that runs is left alone. */
    public void startAgain(String name) {
        onOwner(() -> {
            if (closed) {
                throw new StartFailedException("the stack is being stopped");
            }
            child(name).start();
            return name;
        });
    }

    /** SIGKILL, as a crash would be; it is started again like after any other death. */
    public void kill(String name) {
        onProcess(name, ChildProcess::kill);
    }

    public void pause(String name) {
        onProcess(name, ChildProcess::pause);
    }

    public void resume(String name) {
        onProcess(name, ChildProcess::resume);
    }

    /** Stops these processes together and waits for them; they stay stopped. One never started is stopped already. */
    public void stop(Collection<String> names) throws InterruptedException {
        stop(names, ChildProcess::terminate);
    }

    /** SIGKILL, and stopped from then on. */
    public void crash(String name) throws InterruptedException {
        stop(List.of(name), ChildProcess::kill);
    }

    private void stop(Collection<String> names, Consumer<ChildProcess> how) throws InterruptedException {
        List<ChildProcess> ending = onOwner(() -> names.stream()
                .filter(children::containsKey)
                .map(this::child)
                .map(child -> child.stop(how))
                .flatMap(Optional::stream)
                .toList());
        for (ChildProcess process : ending) {
            process.awaitEnd(grace);
        }
    }

    public int deathsInARow(String name) {
        return onOwner(() -> child(name).deathsInARow());
    }

    /** Refuses further starts; {@link #stop} what runs first. */
    @Override
    public void close() {
        onOwner(() -> closed = true);
    }

    private void onProcess(String name, Consumer<ChildProcess> action) {
        onOwner(() -> {
            action.accept(child(name).process().orElseThrow(() -> new IllegalStateException(name + " is not running")));
            return name;
        });
    }

    private Supervised child(String name) {
        Supervised child = children.get(name);
        if (child == null) {
            throw new IllegalArgumentException("no process named " + name + ", there are " + children.keySet());
        }
        return child;
    }

    private <T> T onOwner(Callable<T> task) {
        try {
            return CompletableFuture.supplyAsync(() -> call(task), owner).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static <T> T call(Callable<T> task) {
        try {
            return task.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
