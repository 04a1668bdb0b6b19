package dev.millrace.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.checkpoints.space.Space;
import dev.millrace.checkpoints.space.Spaces;
import dev.millrace.encoder.request.EmbeddingsAnswer;
import dev.millrace.encoder.request.RequestFailedException;
import dev.millrace.encoder.serving.FittedSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index that an older version built, and what a newer one says of it. */
final class SpacesTest {
    private static final String INDEX = "products";
    private static final String OLD = "old";

    @TempDir
    Path cache;

    private Rig rig;

    @BeforeEach
    void start() throws IOException {
        rig = new Rig(cache, Rig.QUEUE, Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() throws IOException {
        rig.close();
    }

    @Test
    void aNewVersionIsFittedToAnIndexBeforeItServes() {
        // Given
        build(INDEX, rig.serve(OLD), FakeModels.DIMENSIONS);
        final String version = rig.serve("new");

        // When
        final EmbeddingsAnswer answer = rig.askFor(INDEX, List.of("a text")).join();

        // Then
        assertThat(answer.version().version()).isEqualTo(version);
        assertThat(answer.version().space()).isEqualTo(INDEX);
        assertThat(answer.vectors()).hasSize(1);
    }

    @Test
    void theVersionThatBuiltTheIndexGivesItsOwnVectors() {
        // Given
        final String version = rig.serve(OLD);
        build(INDEX, version, FakeModels.DIMENSIONS);
        seeSpaces();

        // When
        final EmbeddingsAnswer answer = rig.askFor(INDEX, List.of("a text")).join();

        // Then
        assertThat(answer.vectors().get(0)).containsExactly(FakeModels.vector(OLD, "a text"));
        assertThat(rig.served.spaces()).singleElement().matches(space -> !space.isRebuildDue(1));
    }

    @Test
    void anIndexOfWhichTooLittleIsFoundIsToBeBuiltAgain() {
        // Given
        build(INDEX, "v000000-00000000", FakeModels.DIMENSIONS);

        // When
        rig.serve("weights whose vectors have nothing to do with those of the index");

        // Then
        final FittedSpace space = rig.served.spaces().get(0);
        assertThat(space.fit()).isPresent();
        assertThat(space.isRebuildDue(0.95)).isTrue();
    }

    @Test
    void aSpaceThatNobodyBuiltIsRefusedByItsField() {
        // Given
        rig.serve(OLD);

        // Then
        assertThatThrownBy(() -> rig.askFor("elsewhere", List.of("a text")).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(RequestFailedException.class, refused -> assertThat(refused.field())
                        .contains("space"))
                .hasMessageContaining("GET /v1/spaces");
    }

    @Test
    void anIndexOfVectorsOfAnotherLengthHasNoWayIntoIt() {
        // Given
        build(INDEX, "v000000-00000000", FakeModels.DIMENSIONS + 1);
        rig.serve(OLD);

        // Then
        assertThatThrownBy(() -> rig.askFor(INDEX, List.of("a text")).join())
                .hasMessageContaining("its vectors have 9 numbers");
    }

    @Test
    void anIndexThatIsNotSearchedAnyMoreIsForgotten() {
        // Given
        build(INDEX, rig.serve(OLD), FakeModels.DIMENSIONS);
        seeSpaces();
        new Spaces(rig.bucket).remove(INDEX);

        // When
        seeSpaces();

        // Then
        assertThat(rig.served.spaces()).isEmpty();
    }

    private void seeSpaces() {
        rig.pass(Rig.SPACES_SEEN_WITHIN.plusSeconds(1));
        rig.spaces.refresh(rig.catalog.loaded());
    }

    /** As {@code reindex} does it, with fewer texts. */
    private void build(String name, String version, int dimensions) {
        final List<String> texts =
                IntStream.range(0, 80).mapToObj(i -> "text " + i).toList();
        final List<float[]> vectors = texts.stream()
                .map(text -> FakeModels.vector(OLD, text))
                .map(vector -> Arrays.copyOf(vector, dimensions))
                .toList();
        new Spaces(rig.bucket).write(new Space(name, version, Instant.EPOCH, texts, vectors));
        rig.pass(Rig.SPACES_SEEN_WITHIN.plusSeconds(1));
    }
}
