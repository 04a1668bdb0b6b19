package dev.millrace.chaos;

import java.util.Optional;

/** Something done again and again on a thread of its own; what goes wrong there is thrown where it is ended. */
final class Background {
    private final Thread thread;
    private volatile boolean ending;
    private volatile Optional<RuntimeException> failure = Optional.empty();

    /** One turn. */
    @FunctionalInterface
    interface Turn {
        void take() throws InterruptedException;
    }

    Background(String name, Turn turn) {
        thread = new Thread(() -> run(turn), name);
        thread.setDaemon(true);
    }

    void start() {
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
    void check() {
        failure.ifPresent(cause -> {
            throw new IllegalStateException(thread.getName() + " ended: " + cause.getMessage(), cause);
        });
    }

    /** Waits for the turn under way. */
    void end() {
        ending = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        check();
    }
}
