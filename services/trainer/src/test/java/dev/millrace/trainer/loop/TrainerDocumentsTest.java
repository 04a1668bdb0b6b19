package dev.millrace.trainer.loop;

import static dev.millrace.trainer.loop.LoopRig.WINDOW;
import static dev.millrace.trainer.loop.LoopRig.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.record.DeadLetter;
import dev.millrace.trainer.learning.Learner;
import dev.millrace.trainer.learning.state.DocumentPlace;
import dev.millrace.trainer.stream.DocumentsLog;
import dev.millrace.trainer.testing.DocumentsTopic;
import dev.millrace.trainer.testing.Pairs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents are read before each window, and where to is part of the version that they shaped. */
class TrainerDocumentsTest {
    private static final String[] KEPT = {"mining-documents", "100"};

    @TempDir
    Path folder;

    private final DocumentsTopic documents = new DocumentsTopic();
    private LoopRig rig;

    @BeforeEach
    void reading() {
        rig = new LoopRig(folder);
        rig.learners = version -> rig.workshop.learner(version, KEPT);
        rig.documents =
                Optional.of(new DocumentsLog(documents, () -> DocumentsTopic.IDENTITY, rig.deadLetters, rig.clock));
    }

    @AfterEach
    void stop() throws InterruptedException {
        rig.stop();
    }

    @Test
    void aVersionHasReadWhatWasThereWhenItsWindowWasLearned() {
        // Given
        documents.write(0, "a", "d1 n1 n2");
        documents.write(1, "b", "d2 n1 n2");
        documents.write(1, "c", "d3 n1 n2");
        rig.start(Optional.of(rig.workshop.baseModel()));

        // When
        rig.post(Pairs.lesson(0, WINDOW));

        // Then
        await(() -> rig.records().total() == WINDOW);
        assertThat(placeOfHead())
                .isEqualTo(new DocumentPlace(Optional.of("topic-2"), new TreeMap<>(Map.of(0, 1L, 1, 2L))));
    }

    @Test
    void whatIsNoDocumentIsADeadLetterAndTheWindowIsLearned() {
        // Given
        documents.post(0, Optional.of("a"), Optional.of("no document".getBytes(StandardCharsets.UTF_8)));
        rig.start(Optional.of(rig.workshop.baseModel()));

        // When
        rig.post(Pairs.lesson(0, WINDOW));

        // Then
        await(() -> rig.records().total() == WINDOW);
        assertThat(rig.deadLetters.all()).extracting(DeadLetter::topic).containsExactly("documents");
        assertThat(rig.records().setAside()).isZero();
    }

    @Test
    void whatBecameOfDocumentsIsCounted() {
        // Given two ids, one of them written twice, and a record that is no document
        documents.write(0, "a", "d1 n1 n2");
        documents.write(0, "a", "d2 n1 n2");
        documents.write(0, "b", "d3 n1 n2");
        documents.post(0, Optional.of("c"), Optional.of("no document".getBytes(StandardCharsets.UTF_8)));
        rig.start(Optional.of(rig.workshop.baseModel()));

        // When
        rig.post(Pairs.lesson(0, WINDOW));

        // Then
        await(() -> rig.records().total() == WINDOW);
        assertThat(rig.counted("millrace.trainer.documents.read")).isEqualTo(3);
        assertThat(rig.counted("millrace.trainer.documents.setaside")).isEqualTo(1);
        assertThat(rig.gauge("millrace.trainer.documents.kept")).isEqualTo(2);
    }

    private DocumentPlace placeOfHead() {
        Path version = folder.resolve("looked-at");
        rig.store.download(rig.head().version(), version, file -> true);
        try (Learner learner = rig.workshop.learner(version, KEPT)) {
            return learner.documentsRead();
        }
    }
}
