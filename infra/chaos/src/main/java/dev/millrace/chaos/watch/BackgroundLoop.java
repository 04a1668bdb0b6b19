package dev.millrace.chaos.watch;

import java.util.Optional;

/** Something done again and again on a thread of its own; what goes wrong there is thrown where it is ended. */
public final class BackgroundLoop {
    private final Thread thread;
    private volatile boolean ending;
    private volatile Optional<RuntimeException> failure = Optional.empty();

    /** One turn. */
    @FunctionalInterface
    public interface Turn {
        void take() throws InterruptedException;
    }

    public BackgroundLoop(String name, Turn turn) {
        thread = new Thread(() -> run(turn), name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    private void run(Turn turn) {
        try {
            while (!ending) {
                turn.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        }
    }

    /** Throws what has ended it before its time. */
    public void check() {
        failure.ifPresent(cause -> {
            throw new IllegalStateException(thread.getName() + " ended: " + cause.getMessage(), cause);
        });
    }

    /** Waits for the turn under way. */
    public void end() {
        ending = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        check();
    }
}
