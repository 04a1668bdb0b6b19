package dev.millrace.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.encoder.request.EmbeddingsAnswer;
import dev.millrace.encoder.request.Failure;
import dev.millrace.encoder.request.RequestFailedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A text that does something to a tokenizer or a model fails alone. */
final class PoisonTextTest {
    @TempDir
    private Path cache;

    private Rig rig;

    @BeforeEach
    void start() throws Exception {
        rig = new Rig(cache, 10_000, Duration.ofSeconds(30));
    }

    @AfterEach
    void end() throws Exception {
        rig.close();
    }

    @Test
    void strangersWhoseTextsShareThePassAreAnswered() {
        // Given
        rig.serve("failing");
        rig.models.hold();
        final CompletableFuture<EmbeddingsAnswer> running = rig.ask("running");
        Await.until(() -> rig.served.waiting() == 0);
        final List<CompletableFuture<EmbeddingsAnswer>> strangers =
                IntStream.range(0, 40).mapToObj(i -> rig.ask("t" + i)).toList();
        final CompletableFuture<EmbeddingsAnswer> culprit =
                rig.ask(Optional.empty(), List.of("before", FakeModels.FAILING, "behind"));
        final CompletableFuture<EmbeddingsAnswer> another = rig.ask(FakeModels.FAILING);

        // When
        rig.models.resume();

        // Then
        assertRefused(culprit, "input[1]");
        assertRefused(another, "input[0]");
        assertThat(running.join().vectors()).hasSize(1);
        assertThat(strangers)
                .allSatisfy(stranger -> assertThat(stranger.join().vectors()).hasSize(1));
    }

    @Test
    void aTextWhoseCallerHasLeftAmidThePassTakesNoNeighbourWithIt() {
        // Given one pass of two requests, in the model
        rig.serve("failing");
        rig.models.hold();
        final CompletableFuture<EmbeddingsAnswer> running = rig.ask("running");
        Await.until(rig.models::waits);
        final CompletableFuture<EmbeddingsAnswer> culprit = rig.ask(FakeModels.FAILING);
        final CompletableFuture<EmbeddingsAnswer> neighbour = rig.ask("neighbour");
        rig.models.step();
        running.join();
        Await.until(() -> rig.models.waits() && rig.served.waiting() == 0);

        // When
        culprit.cancel(false);
        rig.models.resume();

        // Then
        assertThat(neighbour.join().vectors()).hasSize(1);
    }

    @Test
    void aTextWhoseVectorIsNotFiniteIsNamed() {
        // Given
        rig.serve("holey");

        // When
        final CompletableFuture<EmbeddingsAnswer> answer =
                rig.ask(Optional.empty(), List.of("fine", FakeModels.FAILING));

        // Then
        assertRefused(answer, "input[1]");
    }

    @Test
    void aTextThatTheTokenizerCannotCutIsNamed() {
        // Given
        rig.serve("any");

        // When
        final CompletableFuture<EmbeddingsAnswer> answer =
                rig.ask(Optional.empty(), List.of("fine", "fine, too", FakeModels.UNCUTTABLE));

        // Then
        assertRefused(answer, "input[2]");
        assertThat(rig.ask("fine").join().vectors()).hasSize(1);
    }

    @Test
    void aTextThatOverflowsTheTokenizersStackIsNamedAndHoldsNoVersion() {
        // Given
        rig.serve("any");

        // When
        final CompletableFuture<EmbeddingsAnswer> answer =
                rig.ask(Optional.empty(), List.of("fine", FakeModels.OVERFLOWING));

        // Then
        assertRefused(answer, "input[1]");
        rig.serve("next");
        Await.until(() -> rig.models.open.get() == 1);
    }

    @Test
    void aModelThatFailsOnAPlainWordIsNoTextsFaultAndIsCountedOnce() {
        // Given
        rig.serve("breaking");
        rig.models.hold();
        final CompletableFuture<EmbeddingsAnswer> running = rig.ask("running");
        Await.until(() -> rig.served.waiting() == 0);
        final List<CompletableFuture<EmbeddingsAnswer>> all =
                IntStream.range(0, 8).mapToObj(i -> rig.ask(FakeModels.FAILING)).toList();

        // When
        rig.models.resume();

        // Then
        assertThat(all)
                .allSatisfy(answer ->
                        assertThat(catchThrowable(answer::join)).rootCause().isInstanceOf(IllegalStateException.class));
        assertThat(running.join().vectors()).hasSize(1);
        assertThat(rig.served.errorRate()).isEqualTo(8.0 / 9);
    }

    @Test
    void whatNobodyWaitsForIsNotEncoded() {
        // Given
        rig.serve("any");
        rig.models.hold();
        final CompletableFuture<EmbeddingsAnswer> running = rig.ask("running");
        Await.until(() -> rig.served.waiting() == 0);
        final CompletableFuture<EmbeddingsAnswer> gone = rig.ask(Optional.empty(), List.of("a", "b", "c"));
        rig.models.largestBatch.set(0);

        // When
        gone.cancel(false);

        // Then
        assertThat(rig.served.waiting()).isZero();
        rig.models.resume();
        running.join();
        rig.ask("last").join();
        assertThat(rig.models.largestBatch).hasValue(1);
    }

    private static void assertRefused(CompletableFuture<EmbeddingsAnswer> answer, String field) {
        assertThat(catchThrowable(answer::join))
                .rootCause()
                .isInstanceOfSatisfying(RequestFailedException.class, refused -> {
                    assertThat(refused.failure()).isEqualTo(Failure.UNENCODABLE);
                    assertThat(refused.field()).contains(field);
                });
    }
}
