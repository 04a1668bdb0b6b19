package dev.millrace.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.encoder.request.EmbeddingsAnswer;
import dev.millrace.encoder.request.Failure;
import dev.millrace.encoder.request.RequestFailedException;
import dev.millrace.encoder.request.VersionInfo;
import dev.millrace.encoder.versions.catalog.ModelCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PinnedVersionTest {
    private static final String NOTHING = "v000099-00000000";
    private static final List<String> TEXT = List.of("text");

    @TempDir
    private Path cache;

    private Rig rig;

    @BeforeEach
    void start() throws Exception {
        rig = new Rig(cache, Rig.QUEUE, Duration.ofSeconds(30));
    }

    @AfterEach
    void end() throws Exception {
        rig.close();
    }

    @Test
    void anotherVersionThanTheServedOneAnswersWhenItIsAskedForByName() throws Exception {
        // Given
        final String old = rig.serve("old");
        rig.serve("new");

        // When
        final float[] vector = rig.ask(Optional.of(old), TEXT)
                .get(30, TimeUnit.SECONDS)
                .vectors()
                .get(0);

        // Then
        assertThat(vector).containsExactly(FakeModels.vector("old", "text"));
        assertThat(rig.catalog.list()).extracting(ModelCatalog.Named::id).contains(old, Rig.CHANNEL, "an-alias");
    }

    @Test
    void theLeastRecentlyAskedForMakesRoom() throws Exception {
        // Given
        final String first = rig.serve("first");
        final String second = rig.serve("second");
        rig.serve("third");
        rig.ask(Optional.of(first), TEXT).get(30, TimeUnit.SECONDS);

        // When
        rig.ask(Optional.of(second), TEXT).get(30, TimeUnit.SECONDS);

        // Then
        assertThat(rig.pinned.loaded()).singleElement().matches(info -> info.version()
                .equals(second));
        Await.until(() -> rig.models.open.get() == 2);
    }

    @Test
    void whatNobodyAskedForLatelyIsFreed() throws Exception {
        // Given
        final String old = rig.serve("old");
        rig.serve("new");
        rig.ask(Optional.of(old), TEXT).get(30, TimeUnit.SECONDS);
        rig.pass(Duration.ofSeconds(61));

        // When
        rig.pinned.sweep();

        // Then
        assertThat(rig.pinned.loaded()).isEmpty();
        Await.until(() -> rig.models.open.get() == 1);
    }

    @Test
    void aNameThatMeansNothingCostsNobodyTheirVersionAndOneRequestToTheBucket() throws Exception {
        // Given
        final String old = rig.serve("old");
        rig.serve("new");
        rig.ask(Optional.of(old), TEXT).get(30, TimeUnit.SECONDS);
        rig.lookups.clear();

        // When
        final List<Failure> failures =
                Stream.generate(() -> failure(NOTHING)).limit(5).toList();

        // Then
        assertThat(failures).containsOnly(Failure.UNKNOWN_MODEL);
        assertThat(rig.pinned.loaded()).extracting(VersionInfo::version).containsExactly(old);
        assertThat(rig.lookups).containsExactly(NOTHING);
    }

    @Test
    void aNameThatMeansNothingIs404WhileAnotherVersionIsBeingLoaded() throws Exception {
        // Given
        final String old = rig.serve("old");
        rig.serve("new");
        rig.models.hold();
        final CompletableFuture<EmbeddingsAnswer> loading = rig.ask(Optional.of(old), TEXT);

        // When
        final Failure failure = failure(NOTHING);

        // Then
        assertThat(failure).isEqualTo(Failure.UNKNOWN_MODEL);
        rig.models.resume();
        assertThat(loading.get(30, TimeUnit.SECONDS).vectors()).hasSize(1);
    }

    @Test
    void aVersionPublishedAfterItWasAskedForInVainIsFoundABitLater() throws Exception {
        // Given
        rig.serve("served");
        final String next = "v000001-%08x".formatted("next".hashCode());
        failure(next);
        rig.publisher.publish("next");
        rig.pass(Duration.ofSeconds(11));

        // When
        final EmbeddingsAnswer answer = rig.ask(Optional.of(next), TEXT).get(30, TimeUnit.SECONDS);

        // Then
        assertThat(answer.version().version()).isEqualTo(next);
    }

    @Test
    void theServedVersionsFolderStaysHoweverManyArePinnedAfterIt() throws Exception {
        // Given
        final List<String> older = Stream.of("a", "b", "c", "d").map(rig::serve).toList();
        final String served = rig.serve("served");

        // When
        for (String version : older) {
            rig.ask(Optional.of(version), TEXT).get(30, TimeUnit.SECONDS);
        }

        // Then
        assertThat(cache.resolve("versions").resolve(served)).isDirectory();
        assertThat(cache.resolve("versions").toFile().list()).hasSizeLessThanOrEqualTo(4);
    }

    private Failure failure(String name) {
        return rig.ask(Optional.of(name), TEXT)
                .handle((answer, thrown) -> ((RequestFailedException) root(thrown)).failure())
                .join();
    }

    private static Throwable root(Throwable thrown) {
        return Optional.ofNullable(thrown.getCause())
                .map(PinnedVersionTest::root)
                .orElse(thrown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v000099-00000000", "../../etc", "gpt-4", "STABLE"})
    void aNameThatIsNoVersionIsRefusedByTheFieldModel(String name) {
        // Given
        rig.serve("served");

        // When
        final var answer = rig.ask(Optional.of(name), TEXT);

        // Then
        assertThat(answer)
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOfSatisfying(RequestFailedException.class, failed -> assertThat(failed.field())
                        .contains("model"));
        assertThat(rig.pinned.loaded()).isEmpty();
    }
}
