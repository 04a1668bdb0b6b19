package dev.millrace.kernels.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TeamTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void everyPartIsDoneOnceBeforeTheCallReturns(int threads) {
        // Given
        AtomicIntegerArray done = new AtomicIntegerArray(100);
        try (Team team = new Team(threads)) {

            // When
            for (int round = 0; round < 2_000; round++) {
                team.each(done.length(), (worker, scratch, part) -> done.incrementAndGet(part));
            }
        }

        // Then
        for (int part = 0; part < done.length(); part++) {
            assertThat(done.get(part)).isEqualTo(2_000);
        }
    }

    @Test
    void helpersThatFellAsleepTakePartAgain() {
        // Given
        Set<Thread> before = kernels();
        Set<Integer> workers = ConcurrentHashMap.newKeySet();
        CyclicBarrier both = new CyclicBarrier(2);
        try (Team team = new Team(2)) {
            Set<Thread> helpers = kernels();
            helpers.removeAll(before);
            while (!helpers.stream().allMatch(helper -> helper.getState() == Thread.State.WAITING)) {
                Thread.onSpinWait();
            }

            // When
            team.each(2, (worker, scratch, part) -> {
                workers.add(worker);
                meet(both);
            });
        }

        // Then
        assertThat(workers).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void aPartThatFailsIsToldAndTheOthersAreDone() {
        // Given
        Set<Integer> done = ConcurrentHashMap.newKeySet();
        try (Team team = new Team(2)) {
            Crew.Work work = (worker, scratch, part) -> {
                if (part == 3) {
                    throw new IllegalArgumentException("part 3");
                }
                done.add(part);
            };

            // When
            assertThatThrownBy(() -> team.each(6, work))

                    // Then
                    .hasMessageContaining("part of the encoding failed")
                    .hasRootCauseMessage("part 3");
        }
        assertThat(done).containsExactlyInAnyOrder(0, 1, 2, 4, 5);
    }

    @Test
    void helpersEndWithTheirTeam() throws InterruptedException {
        // Given
        Set<Thread> before = kernels();
        Team team = new Team(3);
        Set<Thread> helpers = kernels();
        helpers.removeAll(before);

        // When
        team.close();

        // Then
        assertThat(helpers).hasSize(2);
        for (Thread helper : helpers) {
            helper.join(10_000);
            assertThat(helper.isAlive()).isFalse();
        }
    }

    private static Set<Thread> kernels() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("kernels-"))
                .collect(Collectors.toSet());
    }

    /** Each part waits for the other, so that no worker can do both. */
    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }
}
