package dev.millrace.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedding.network.Precision;
import dev.millrace.embedding.train.version.VersionWeights;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.state.DocumentChanges;
import dev.millrace.trainer.learning.state.DocumentChanges.Change;
import dev.millrace.trainer.learning.state.DocumentPlace;
import dev.millrace.trainer.lineage.LineageStore.Position;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where negatives come from shapes what is learned, and a trainer that is taken up takes them from the same place. */
class NegativesTest {
    private static final String[] DOCUMENTS = {"mining-documents", "40", "mining-skip", "0", "mining-ceiling", "1"};

    private static final DocumentPlace PLACE = new DocumentPlace(Optional.of("topic-2"), new TreeMap<>(Map.of(0, 60L)));

    private static final List<Pair> FIRST = Pairs.lesson(0, Workshop.WINDOW);

    private static final List<Pair> SECOND = Pairs.lesson(Workshop.WINDOW, 2 * Workshop.WINDOW);

    @TempDir
    Path folder;

    private Workshop workshop;

    @BeforeEach
    void equip() {
        workshop = new Workshop(folder.resolve("workshop"), Precision.FP32, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "composer=hard mining-exact-texts=2 mining-replayed=true mining-choice=random hard-negatives=3",
                "composer=same-source mining-margin=0.05 mining-max-score=0.9"
            })
    void aTrainerThatIsTakenUpEndsWithTheSameBytes(String methods) {
        // Given
        String[] settings = methods.split("[ =]");
        List<Pair> stream = Pairs.lesson(0, 2 * Workshop.WINDOW);
        Workshop straight = new Workshop(folder.resolve("straight"), Precision.FP32, 2);
        Position uninterrupted = straight.train(straight.lineage(1), stream, 2, settings);
        Workshop broken = new Workshop(folder.resolve("broken"), Precision.FP32, 2);
        broken.train(broken.lineage(1), stream, 1, settings);

        // When
        Position resumed = broken.train(broken.lineage(2), stream, 1, settings);

        // Then
        assertThat(broken.files(resumed)).isEqualTo(straight.files(uninterrupted));
    }

    @Test
    void replayedPairsAreMinedForWhereThatIsWanted() throws IOException {
        // Given a window that is learned with what is remembered of another
        Path first = learned(workshop.baseModel(), "first", FIRST, Optional.empty());
        Path without = learned(first, "without", SECOND, Optional.empty());

        // When
        try (Learner learner =
                workshop.learner(first, "mining-skip", "0", "mining-ceiling", "1", "mining-replayed", "true")) {
            learner.learn(SECOND, () -> {});

            // Then
            assertThat(weights(saved(learner, "with"))).isNotEqualTo(weights(without));
        }
    }

    @Test
    void documentsAreMinedFrom() throws IOException {
        // Given
        Path without = learned(workshop.baseModel(), "without", FIRST, Optional.empty());

        // When
        Path with = learned(workshop.baseModel(), "with", FIRST, Optional.of(written(0, 60)));

        // Then
        assertThat(weights(with)).isNotEqualTo(weights(without));
    }

    @Test
    void aVersionHoldsTheDocumentsThatItKnewAndTheirPlace() throws IOException {
        // Given
        Path first = learned(workshop.baseModel(), "first", FIRST, Optional.of(written(0, 60)));

        // When
        Path resumed = learned(first, "resumed", SECOND, Optional.empty());

        // Then it learns on as one that was not interrupted
        try (Learner straight = workshop.learner(workshop.baseModel(), DOCUMENTS)) {
            straight.takeDocuments(written(0, 60));
            straight.learn(FIRST, () -> {});
            straight.learn(SECOND, () -> {});
            assertThat(straight.documentsRead()).isEqualTo(PLACE);
            assertThat(weights(saved(straight, "straight"))).isEqualTo(weights(resumed));
        }
        try (Learner learner = workshop.learner(resumed, DOCUMENTS)) {
            assertThat(learner.documentsRead()).isEqualTo(PLACE);
        }
    }

    private static DocumentChanges written(int from, int to) {
        List<Change> changes = IntStream.range(from, to)
                .mapToObj(i -> new Change("doc" + i, Optional.of("d%d n%d n%d".formatted(i % 24, i % 16, i % 7))))
                .toList();
        return new DocumentChanges(false, changes, 0, PLACE);
    }

    private Path learned(Path version, String name, List<Pair> window, Optional<DocumentChanges> documents)
            throws IOException {
        try (Learner learner = workshop.learner(version, DOCUMENTS)) {
            documents.ifPresent(learner::takeDocuments);
            learner.learn(window, () -> {});
            return saved(learner, name);
        }
    }

    private Path saved(Learner learner, String name) throws IOException {
        Path saved = Files.createDirectories(folder.resolve(name));
        try (VersionWeights snapshot = learner.save(saved)) {
            snapshot.write(saved);
        }
        return saved;
    }

    private static byte[] weights(Path version) throws IOException {
        return Files.readAllBytes(version.resolve("model.safetensors"));
    }
}
