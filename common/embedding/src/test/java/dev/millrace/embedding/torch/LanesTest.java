package dev.millrace.embedding.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedding.optim.NonFiniteStepException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LanesTest {
    @Test
    void lanesWorkAtTheSameTimeAndAnswerInOrder() {
        // Given work that ends only when all three lanes have met
        CyclicBarrier all = new CyclicBarrier(3);
        try (Lanes lanes = new Lanes(3)) {

            // When
            List<Integer> answers = lanes.each(lane -> {
                meet(all);
                return 10 * lane;
            });

            // Then
            assertThat(answers).containsExactly(0, 10, 20);
        }
    }

    @Test
    void aFailureIsThrownWhenAllHaveEnded() {
        // Given a lane that has failed, and one that is held
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        try (Lanes lanes = new Lanes(2)) {
            CompletableFuture<Void> run = CompletableFuture.runAsync(() -> lanes.run(lane -> {
                if (lane == 0) {
                    throw new NonFiniteStepException("the loss is NaN");
                }
                hold(released);
                ended.incrementAndGet();
            }));
            assertThatThrownBy(() -> run.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

            // When
            released.countDown();

            // Then
            assertThatThrownBy(() -> run.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(NonFiniteStepException.class);
            assertThat(ended).hasValue(1);
        }
    }

    @Test
    void oneLaneIsTheCallersThread() {
        // Given
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        try (Lanes lanes = new Lanes(1)) {

            // When
            lanes.run(lane -> used.add(Thread.currentThread()));

            // Then
            assertThat(used).containsExactly(Thread.currentThread());
        }
    }

    private static void meet(CyclicBarrier all) {
        try {
            all.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void hold(CountDownLatch released) {
        try {
            assertThat(released.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
