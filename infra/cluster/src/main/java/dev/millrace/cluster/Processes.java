package dev.millrace.cluster;

import dev.millrace.devstack.options.Layout;
import dev.millrace.devstack.options.StackOptions;
import dev.millrace.devstack.process.Await;
import dev.millrace.devstack.process.LaunchSpec;
import dev.millrace.devstack.process.LogTail;
import dev.millrace.devstack.process.Ports;
import dev.millrace.devstack.process.Screen;
import dev.millrace.devstack.process.StartFailedException;
import dev.millrace.devstack.process.Supervised;
import dev.millrace.devstack.process.Supervisor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The running programs of one control plane, in a folder of their own: the last started is the first to end. */
final class Processes implements AutoCloseable {
    /** An API server on a busy machine reads certificates, migrates storage and registers its groups before it says yes. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int DEATHS_THAT_END_A_START = 3;

    private final Ports ports = new Ports();
    private final Deque<String> started = new ArrayDeque<>();
    private final Layout layout;
    private final Screen screen;
    private final Supervisor supervisor;
    private boolean closed;

    Processes(Path folder, Screen screen) {
        this.layout = Layout.claim(StackOptions.in(folder));
        this.screen = screen;
        this.supervisor = new Supervisor(InstantSource.system(), GRACE, new Told(layout, screen));
    }

    int port() {
        return ports.free();
    }

    /** A folder for a program's files, gone at the end. */
    Path data(String name) {
        return layout.data(name);
    }

    Layout layout() {
        return layout;
    }

    void start(Program program, List<String> command, Map<String, String> environment) {
        String name = program.title();
        start(new LaunchSpec(name, command, environment, layout.run(name), layout.log(name)));
    }

    void start(LaunchSpec spec) {
        started.push(spec.name());
        supervisor.start(spec);
    }

    void stop(String name) throws InterruptedException {
        supervisor.stop(List.of(name));
    }

    /** SIGKILL, and stopped from then on. */
    void crash(String name) throws InterruptedException {
        supervisor.crash(name);
    }

    void startAgain(String name) {
        supervisor.startAgain(name);
    }

    /** Waits until the probe says yes; a program that dies again and again ends the wait with its log's reason. */
    void await(String name, Await.Probe probe) {
        boolean ready = within(name, () -> {
            if (supervisor.deathsInARow(name) >= DEATHS_THAT_END_A_START) {
                throw new StartFailedException(name + " does not start: " + LogTail.reason(layout.log(name)));
            }
            return probe.ready();
        });
        if (!ready) {
            throw new StartFailedException(name + " is not ready after " + LIMIT.toSeconds()
                    + " s; its log's last word: " + LogTail.reason(layout.log(name)));
        }
    }

    /** The same for what no single program makes, such as an object that a controller adds. */
    void awaitMade(String what, Await.Probe probe) {
        if (!within(what, probe)) {
            throw new StartFailedException(what + " is not there after " + LIMIT.toSeconds() + " s");
        }
    }

    private boolean within(String what, Await.Probe probe) {
        return new Await(screen, LIMIT).within(() -> "waiting for " + what, probe);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        supervisor.close();
        try {
            for (String name : started) {
                supervisor.stop(List.of(name));
            }
            layout.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the control plane's files", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Told(Layout layout, Screen screen) implements Supervised.Listener {
        @Override
        public void started(String name, long pid) {
            // A start is waited for by whoever asked for it.
        }

        @Override
        public void stopped(String name) {
            // Asked for, too.
        }

        @Override
        public void died(String name, int exitStatus, Duration pause) {
            screen.line("! " + name + " ended with status " + exitStatus + ", started again in " + pause.toMillis()
                    + " ms (see " + layout.log(name) + ")");
        }
    }
}
