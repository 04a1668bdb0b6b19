package dev.millrace.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.encoder.request.EmbeddingsAnswer;
import dev.millrace.encoder.request.RequestFailedException;
import dev.millrace.encoder.serving.LiveModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SwapTest {
    private static final int RELOADS = 60;
    private static final int CALLERS = 6;

    @TempDir
    private Path cache;

    @Test
    void noRequestFailsAcrossReloadsAndEachVectorBelongsToTheVersionNamed() throws Exception {
        try (Rig rig = new Rig(cache, 1000, Duration.ofSeconds(30))) {
            // Given
            final Map<String, String> weightsOf = new ConcurrentHashMap<>();
            weightsOf.put(rig.serve("w0"), "w0");
            final AtomicBoolean over = new AtomicBoolean();
            final ConcurrentLinkedQueue<EmbeddingsAnswer> answers = new ConcurrentLinkedQueue<>();
            final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
            final Callable<Integer> caller = () -> {
                while (!over.get()) {
                    answers.add(rig.ask(Optional.empty(), List.of("one", "two", "three"))
                            .get(30, TimeUnit.SECONDS));
                }
                return 0;
            };
            final List<Future<Integer>> running = IntStream.range(0, CALLERS)
                    .mapToObj(i -> callers.submit(caller))
                    .toList();

            // When
            for (int reload = 1; reload <= RELOADS; reload++) {
                weightsOf.put(rig.serve("w" + reload), "w" + reload);
            }
            over.set(true);

            // Then
            for (Future<Integer> end : running) {
                assertThat(end.get(30, TimeUnit.SECONDS)).isZero();
            }
            callers.shutdown();
            assertThat(answers).hasSizeGreaterThan(RELOADS).allSatisfy(answer -> assertThat(
                            answer.vectors().get(1))
                    .containsExactly(
                            FakeModels.vector(weightsOf.get(answer.version().version()), "two")));
            assertThat(Set.copyOf(
                            answers.stream().map(a -> a.version().version()).toList()))
                    .hasSizeGreaterThan(2);
        }
    }

    @Test
    void theOldVersionAnswersWhatItBeganAndIsThenFreed() throws Exception {
        try (Rig rig = new Rig(cache, Rig.QUEUE, Duration.ofSeconds(30))) {
            // Given
            rig.serve("old");
            final LiveModel.Lease hold = rig.served.lease().orElseThrow();
            rig.serve("new");
            final int openWhileHeld = rig.models.open.get();

            // When
            final List<float[]> late = hold.submit(hold.tokenize(List.of("late")), Duration.ofSeconds(30))
                    .get(30, TimeUnit.SECONDS);
            hold.close();

            // Then
            assertThat(openWhileHeld).isEqualTo(2);
            assertThat(late.get(0)).containsExactly(FakeModels.vector("old", "late"));
            Await.until(() -> rig.models.open.get() == 1);
            assertThat(rig.ask("now").get(30, TimeUnit.SECONDS).vectors().get(0))
                    .containsExactly(FakeModels.vector("new", "now"));
        }
    }

    @Test
    void textsThatWaitTogetherAreEncodedTogetherWithinTheTokenBudget() throws Exception {
        try (Rig rig = new Rig(cache, 1000, Duration.ofSeconds(30))) {
            // Given
            rig.serve("w");
            rig.models.largestBatch.set(0);
            rig.models.hold();

            // When
            final List<CompletableFuture<EmbeddingsAnswer>> asked =
                    IntStream.range(0, 40).mapToObj(i -> rig.ask("12345678")).toList();
            rig.models.resume();

            // Then
            for (CompletableFuture<EmbeddingsAnswer> answer : asked) {
                assertThat(answer.get(30, TimeUnit.SECONDS).vectors()).hasSize(1);
            }
            assertThat(rig.models.largestBatch).hasValue(8);
        }
    }

    @Test
    void aFullQueueRefusesAtOnceAndTakesAgainWhenItIsEmpty() throws Exception {
        try (Rig rig = new Rig(cache, Rig.QUEUE, Duration.ofSeconds(30))) {
            // Given
            rig.serve("w");
            rig.models.hold();
            final List<String> fill = IntStream.range(0, Rig.QUEUE / 10)
                    .mapToObj(i -> "ten letter")
                    .toList();
            final CompletableFuture<EmbeddingsAnswer> running = rig.ask("running");
            Await.until(() -> rig.served.waiting() == 0);
            final CompletableFuture<EmbeddingsAnswer> waiting = rig.ask(Optional.empty(), fill);

            // When
            final CompletableFuture<EmbeddingsAnswer> refused = rig.ask("one too many");

            // Then
            assertThat(refused)
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableThat()
                    .havingRootCause()
                    .isInstanceOf(RequestFailedException.class)
                    .withMessageContaining("160 tokens are waiting");
            rig.models.resume();
            assertThat(running.get(30, TimeUnit.SECONDS).vectors()).hasSize(1);
            assertThat(waiting.get(30, TimeUnit.SECONDS).vectors()).hasSize(Rig.QUEUE / 10);
            assertThat(rig.ask("again").get(30, TimeUnit.SECONDS).vectors()).hasSize(1);
        }
    }

    @Test
    void aRequestPastItsDeadlineEndsAndItsTextsAreNotEncoded() throws Exception {
        try (Rig rig = new Rig(cache, Rig.QUEUE, Duration.ofMillis(50))) {
            // Given
            rig.serve("w");
            rig.models.hold();
            final CompletableFuture<EmbeddingsAnswer> running = rig.ask("running");
            Await.until(() -> rig.served.waiting() == 0);
            rig.models.largestBatch.set(0);

            // When
            final CompletableFuture<EmbeddingsAnswer> late = rig.ask(Optional.empty(), List.of("a", "b"));

            // Then
            assertThat(late)
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableThat()
                    .havingRootCause()
                    .withMessageContaining("no answer within PT0.05S");
            assertThat(running).failsWithin(Duration.ofSeconds(5));
            rig.models.resume();
            Await.until(() -> rig.served.waiting() == 0);
            assertThat(rig.models.largestBatch).hasValueLessThan(2);
        }
    }
}
