package dev.millrace.checkpoints.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.bucket.BucketUnavailableException;
import dev.millrace.checkpoints.bucket.FileEntry;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class TransfersTest {
    private static final String SHA = "0".repeat(64);

    @Test
    void four_files_are_under_way_at_once_and_never_more() {
        // Given transfers that end only when four of them are under way
        final CyclicBarrier four = new CyclicBarrier(Transfers.AT_ONCE);
        final AtomicInteger now = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        // When
        Transfers.each(files(3 * Transfers.AT_ONCE), file -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            await(four);
            now.decrementAndGet();
        });
        // Then
        assertThat(most).hasValue(Transfers.AT_ONCE);
    }

    @Test
    void the_largest_begin_first_and_every_file_goes_once() {
        // Given
        final ConcurrentLinkedQueue<String> begun = new ConcurrentLinkedQueue<>();
        final CountDownLatch four = new CountDownLatch(Transfers.AT_ONCE);
        // When
        Transfers.each(files(10), file -> {
            begun.add(file);
            four.countDown();
            await(four);
        });
        // Then
        assertThat(begun).hasSize(10).doesNotHaveDuplicates();
        assertThat(begun.stream().limit(4)).containsExactlyInAnyOrder("f9", "f8", "f7", "f6");
    }

    @Test
    void the_first_failure_is_thrown_and_ends_the_rest() {
        // Given one that fails while three are held up
        final IllegalStateException failure = new IllegalStateException("f9 failed");
        final Set<String> begun = new ConcurrentSkipListSet<>();
        final Set<String> ended = new ConcurrentSkipListSet<>();
        final CountDownLatch never = new CountDownLatch(1);
        final CountDownLatch three = new CountDownLatch(3);
        // When / Then
        assertThatThrownBy(() -> Transfers.each(files(10), file -> {
                    begun.add(file);
                    if (file.equals("f9")) {
                        await(three);
                        throw failure;
                    }
                    three.countDown();
                    try {
                        await(never);
                    } finally {
                        ended.add(file);
                    }
                }))
                .isSameAs(failure);
        assertThat(begun).containsExactly("f6", "f7", "f8", "f9");
        assertThat(ended).containsExactly("f6", "f7", "f8");
    }

    @Test
    void a_caller_that_is_interrupted_ends_all_and_stays_interrupted() {
        // Given
        final Thread caller = Thread.currentThread();
        final CountDownLatch never = new CountDownLatch(1);
        final AtomicInteger ended = new AtomicInteger();
        // When / Then
        assertThatThrownBy(() -> Transfers.each(files(1), file -> {
                    caller.interrupt();
                    try {
                        await(never);
                    } finally {
                        ended.incrementAndGet();
                    }
                }))
                .isInstanceOf(BucketUnavailableException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ended).hasValue(1);
    }

    @Test
    void an_error_stays_one() {
        // Given
        final OutOfMemoryError error = new OutOfMemoryError("of this test");
        // When / Then
        assertThatThrownBy(() -> Transfers.each(files(2), file -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    /** {@code f0} of no byte, {@code f1} of one, and so on. */
    private static Map<String, FileEntry> files(final int count) {
        return IntStream.range(0, count)
                .boxed()
                .collect(Collectors.toMap(i -> "f" + i, i -> new FileEntry(SHA, i), (one, other) -> one, TreeMap::new));
    }

    private static void await(final CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(final CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("waited in vain");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
