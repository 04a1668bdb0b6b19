package dev.millrace.evaluate.measure;

import dev.millrace.evaluation.vectors.Progress;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells how far something is, every two seconds, and nothing of what takes less.
 *
 * @param screen takes a line
 * @param nanoTime as {@link System#nanoTime}
 */
public record Telling(Consumer<String> screen, LongSupplier nanoTime) {
    private static final long EVERY = 2_000_000_000L;
    private static final double NANOS = 1e9;

    /** Of something that begins now. */
    Progress of(String what, int total) {
        long begin = nanoTime.getAsLong();
        long[] told = {begin};
        return done -> {
            long now = nanoTime.getAsLong();
            if (now - told[0] >= EVERY && done < total) {
                told[0] = now;
                screen.accept(String.format(
                        Locale.ROOT, "%s %,d of %,d, %,.0f a second", what, done, total, done * NANOS / (now - begin)));
            }
        };
    }
}
