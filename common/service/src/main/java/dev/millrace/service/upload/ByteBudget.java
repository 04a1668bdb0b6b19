package dev.millrace.service.upload;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of bodies may be in memory at once. Large ones share three quarters of it, so that however many of them are
 * on their way, and however slowly, there is room for the small ones that most requests are.
 */
final class ByteBudget {
    /** A body up to here is small. */
    static final long SMALL = 64 * 1024;

    /** What the smallest request takes, its headers and objects included. */
    static final long LEAST = 4 * 1024;

    private final long all;
    private final long large;
    private final AtomicLong used = new AtomicLong();

    ByteBudget(long bytes) {
        all = bytes;
        large = bytes / 4 * 3;
    }

    /** The most that one body may have. */
    long mostForOne() {
        return large;
    }

    /** False, and nothing taken, when there is no room for so many more bytes of a body of this size. */
    boolean take(long bytes, long bodySize) {
        final long limit = bodySize > SMALL ? large : all;
        final long before = used.getAndUpdate(taken -> taken + bytes <= limit ? taken + bytes : taken);
        return before + bytes <= limit;
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
