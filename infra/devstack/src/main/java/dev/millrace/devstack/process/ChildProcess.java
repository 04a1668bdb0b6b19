package dev.millrace.devstack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One running process that never outlives us. Its standard input is a pipe from this JVM; a shell guard waits for the pipe's
 * end, which comes even when this JVM is killed, and then takes the process down.
 */
public final class ChildProcess {
    /** Own session where the system can, and no SIGINT: a Ctrl-C in the terminal must reach us only, so that the order of the stop is ours. */
    private static final String GUARD = """
            trap '' INT HUP
            exec 3<&0 </dev/null
            ( read -r _ <&3
              kill -TERM $$
              n=0
              while [ $n -lt 100 ] && kill -0 $$; do sleep 0.1; n=$((n+1)); done
              kill -KILL $$ ) >/dev/null 2>&1 &
            exec $(command -v setsid) "$@" 3<&-
            """;

    private final Process process;

    private ChildProcess(Process process) {
        this.process = process;
    }

    public static ChildProcess launch(LaunchSpec spec) {
        try {
            Files.createDirectories(spec.folder());
            Files.createDirectories(spec.log().getParent());
            return new ChildProcess(builder(spec).start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + spec.name() + ": " + e.getMessage(), e);
        }
    }

    private static ProcessBuilder builder(LaunchSpec spec) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", GUARD, spec.name()));
        command.addAll(spec.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(spec.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
        builder.environment().putAll(spec.environment());
        return builder;
    }

    public long pid() {
        return process.pid();
    }

    /** Completes with the exit status; 128 + n for a process that signal n ended. */
    CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    void kill() {
        process.destroyForcibly();
    }

    void pause() {
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    /** Asks it to end; a paused process is woken, or it would never hear. */
    void terminate() {
        resume();
        process.destroy();
    }

    /** Waits for the end that {@link #terminate} asked for, and kills what is still there after the grace. */
    public void awaitEnd(Duration grace) throws InterruptedException {
        if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send SIG" + name + " to process " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
