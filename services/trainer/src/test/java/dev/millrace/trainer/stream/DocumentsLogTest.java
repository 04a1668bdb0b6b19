package dev.millrace.trainer.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.millrace.checkpoints.version.TopicIdentity;
import dev.millrace.events.record.DeadLetter;
import dev.millrace.trainer.learning.state.DocumentChanges;
import dev.millrace.trainer.learning.state.DocumentChanges.Change;
import dev.millrace.trainer.learning.state.DocumentPlace;
import dev.millrace.trainer.learning.state.DocumentPool;
import dev.millrace.trainer.testing.DocumentsTopic;
import dev.millrace.trainer.testing.KeptLetters;
import dev.millrace.trainer.testing.SettableClock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DocumentsLogTest {
    private final DocumentsTopic topic = new DocumentsTopic();
    private final KeptLetters deadLetters = new KeptLetters();
    private TopicIdentity identity = DocumentsTopic.IDENTITY;
    private final DocumentsLog log = new DocumentsLog(topic, () -> identity, deadLetters, new SettableClock());

    @Test
    void readsAllThatIsThere() {
        // Given
        topic.write(1, "c", "third");
        topic.write(0, "a", "first");
        topic.delete(0, "b");

        // When
        DocumentChanges read = log.read(DocumentsLogTest::faultless);

        // Then
        assertThat(read.changes())
                .containsExactly(
                        new Change("a", Optional.of("first")),
                        new Change("b", Optional.empty()),
                        new Change("c", Optional.of("third")));
        assertThat(read.place())
                .isEqualTo(new DocumentPlace(Optional.of("topic-2"), new TreeMap<>(Map.of(0, 2L, 1, 1L))));
    }

    @Test
    void ofWhatOneReadingBringsThePoolKeepsWhatCameLastWhateverThePartition() {
        // Given
        DocumentPool pool = new DocumentPool(1000);
        for (int i = 0; i < 1000; i++) {
            topic.write(i % 2, 1000 + i, "old-" + i, "an old text");
        }
        for (int i = 0; i < 1000; i++) {
            topic.write(i % 3 == 0 ? 0 : 1, 2000 + i, "new-" + i, "a new text");
        }

        // When
        pool.take(log.read(DocumentsLogTest::faultless));

        // Then
        assertThat(pool.draw(1000, new SplittableRandom(1))).hasSize(1000).containsOnly("a new text");
    }

    @Test
    void whatCameAtTheSameTimeIsInTheOrderOfPartitionsAndOffsets() {
        // Given
        topic.write(1, 5, "c", "third");
        topic.write(1, 5, "d", "fourth");
        topic.write(0, 5, "b", "second");
        topic.write(1, 6, "f", "sixth");
        topic.write(0, 6, "e", "fifth");
        topic.write(0, 7, "g", "seventh");

        // When
        DocumentChanges read = log.read(DocumentsLogTest::faultless);

        // Then
        assertThat(read.changes()).extracting(Change::id).containsExactly("b", "c", "d", "e", "f", "g");
    }

    @Test
    void aClockThatWentBackPutsNoDeletionInFrontOfWhatItDeletes() {
        // Given
        topic.write(0, 9, "a", "by a clock that was fast");
        topic.delete(0, 4, "a");
        topic.write(1, 6, "b", "meanwhile");

        // When
        DocumentChanges read = log.read(DocumentsLogTest::faultless);

        // Then
        assertThat(read.changes())
                .containsExactly(
                        new Change("b", Optional.of("meanwhile")),
                        new Change("a", Optional.of("by a clock that was fast")),
                        new Change("a", Optional.empty()));
    }

    @Test
    void goesOnBehindWhatItHasRead() {
        // Given
        topic.write(0, "a", "first");
        log.read(DocumentsLogTest::faultless);
        topic.write(0, "b", "second");

        // When
        DocumentChanges read = log.read(DocumentsLogTest::faultless);

        // Then
        assertThat(read.anew()).isFalse();
        assertThat(read.changes()).extracting(Change::id).containsExactly("b");
    }

    @Test
    void goesBackToWhereAVersionHasRead() {
        // Given
        topic.write(0, "a", "first");
        topic.write(0, "b", "second");
        log.read(DocumentsLogTest::faultless);

        // When
        log.startFrom(new DocumentPlace(Optional.of("topic-2"), new TreeMap<>(Map.of(0, 1L, 1, 0L))));
        DocumentChanges read = log.read(DocumentsLogTest::faultless);

        // Then
        assertThat(read.anew()).isFalse();
        assertThat(read.changes()).extracting(Change::id).containsExactly("b");
    }

    @Test
    void anotherTopicOfTheNameIsReadFromItsBeginningAndNothingOfTheOldOneCounts() {
        // Given
        topic.write(0, "a", "first");
        log.startFrom(new DocumentPlace(Optional.of("topic-of-before"), new TreeMap<>(Map.of(0, 1L))));

        // When
        DocumentChanges read = log.read(DocumentsLogTest::faultless);

        // Then
        assertThat(read.anew()).isTrue();
        assertThat(read.changes()).extracting(Change::id).containsExactly("a");
    }

    @Test
    void whatIsNoDocumentBecomesADeadLetterAndHurtsNoOther() {
        // Given
        topic.post(0, Optional.of("a"), Optional.of("{}".getBytes(StandardCharsets.UTF_8)));
        topic.post(0, Optional.empty(), Optional.of("{}".getBytes(StandardCharsets.UTF_8)));
        topic.write(0, "b", "cannot be encoded");
        topic.write(0, "c", "in order");

        // When
        DocumentChanges read = log.read(texts -> new TreeMap<>(Map.of(texts.indexOf("cannot be encoded"), "no token")));

        // Then
        assertThat(read.changes()).containsExactly(new Change("c", Optional.of("in order")));
        assertThat(deadLetters.all())
                .extracting(DeadLetter::topic, DeadLetter::offset, DeadLetter::reason)
                .containsExactly(
                        tuple("documents", 0L, "is required"),
                        tuple("documents", 1L, "must have its id as the record's key"),
                        tuple("documents", 2L, "no token"));
    }

    private static SortedMap<Integer, String> faultless(List<String> texts) {
        return new TreeMap<>();
    }
}
