package dev.millrace.devstack.process;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One process kept alive. Only the supervisor's thread touches it. */
public final class Supervised {
    /** Told on the supervisor's thread. */
    public interface Listener {
        void started(String name, long pid);

        void stopped(String name);

        void died(String name, int exitStatus, Duration pause);
    }

    private sealed interface State {
        record Stopped() implements State {}

        record Running(ChildProcess process, Instant since, CompletableFuture<Void> watch) implements State {}

        record Waiting(ScheduledFuture<?> restart) implements State {}
    }

    private final LaunchSpec spec;
    private final ScheduledExecutorService owner;
    private final InstantSource clock;
    private final Listener listener;
    private State state = new State.Stopped();
    private int deathsInARow;

    Supervised(LaunchSpec spec, ScheduledExecutorService owner, InstantSource clock, Listener listener) {
        this.spec = spec;
        this.owner = owner;
        this.clock = clock;
        this.listener = listener;
    }

    LaunchSpec spec() {
        return spec;
    }

    int deathsInARow() {
        return deathsInARow;
    }

    Optional<ChildProcess> process() {
        return state instanceof State.Running running ? Optional.of(running.process()) : Optional.empty();
    }

    void start() {
        if (state instanceof State.Running) {
            return;
        }
        cancelRestart();
        ChildProcess process = ChildProcess.launch(spec);
        CompletableFuture<Void> watched = process.exit().thenAcceptAsync(status -> ended(process, status), owner);
        state = new State.Running(process, clock.instant(), watched);
        listener.started(spec.name(), process.pid());
    }

    /** Ends the process in the given way and starts nothing in its place. */
    Optional<ChildProcess> stop(Consumer<ChildProcess> ending) {
        cancelRestart();
        Optional<ChildProcess> stopped = process();
        stopped.ifPresent(ending);
        state = new State.Stopped();
        listener.stopped(spec.name());
        return stopped;
    }

    private void cancelRestart() {
        if (state instanceof State.Waiting waiting) {
            waiting.restart().cancel(false);
        }
    }

    private void ended(ChildProcess process, int status) {
        if (!(state instanceof State.Running running) || running.process() != process) {
            return;
        }
        startLater(status, Duration.between(running.since(), clock.instant()));
    }

    private void startLater(int status, Duration ran) {
        deathsInARow = BackOff.USUAL.deathsInARow(deathsInARow, ran);
        Duration pause = BackOff.USUAL.pause(deathsInARow);
        state = new State.Waiting(owner.schedule(this::restart, pause.toMillis(), TimeUnit.MILLISECONDS));
        listener.died(spec.name(), status, pause);
    }

    private void restart() {
        try {
            start();
        } catch (UncheckedIOException e) {
            // A system that is out of memory or processes for a moment must not end the supervision.
            startLater(-1, Duration.ZERO);
        }
    }
}
