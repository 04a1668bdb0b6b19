package dev.millrace.trainer.learning.round;

import static dev.millrace.trainer.learning.round.Rounds.range;
import static dev.millrace.trainer.learning.round.Rounds.share;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checkpoints.version.Records;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final SortedMap<String, Long> OFFSETS = new TreeMap<>(Map.of("pairs-0", 10L, "pairs-1", 20L));

    @Test
    void thoseThatBeginWhereTheVersionEndsAreMergedByName() {
        // Given
        Share second = share("b", 9, range(1, 20, 29));
        Share first = share("a", 5, range(0, 10, 15), range(2, 0, 4));

        // When
        Selection selection = Selection.of(OFFSETS, List.of(second, first));

        // Then
        assertThat(selection.merged()).containsExactly(first, second);
        assertThat(selection.left()).isEmpty();
        assertThat(selection.refused()).isEmpty();
        assertThat(selection.offsets()).isEqualTo(Map.of("pairs-0", 15L, "pairs-1", 29L, "pairs-2", 4L));
    }

    @Test
    void whatIsLearnedAlreadyIsRefusedAndSaysWhere() {
        // Given
        Share late = share("late", 9, range(0, 10, 12), range(1, 15, 25));

        // When
        Selection selection = Selection.of(OFFSETS, List.of(late));

        // Then
        assertThat(selection.refused())
                .containsExactly(new Selection.Refused(late, "pairs-1 from 15 on is learned up to 20 already"));
        assertThat(selection.offsets()).isEqualTo(OFFSETS);
    }

    @Test
    void whatComesBehindAGapIsLeft() {
        // Given
        Share early = share("early", 9, range(0, 11, 12));

        // When
        Selection selection = Selection.of(OFFSETS, List.of(early));

        // Then
        assertThat(selection.left()).containsExactly(early);
        assertThat(selection.offsets()).isEqualTo(OFFSETS);
    }

    @Test
    void ofTwoWithTheSameRecordsTheOneWithMoreSamplesIsMerged() {
        // Given
        Share few = share("a", 4, range(0, 10, 14));
        Share many = share("b", 7, range(0, 10, 17));

        // When
        Selection selection = Selection.of(OFFSETS, List.of(few, many));

        // Then
        assertThat(selection.merged()).containsExactly(many);
        assertThat(selection.refused())
                .containsExactly(new Selection.Refused(few, "pairs-0 from 10 on is in another share"));
    }

    @Test
    void aShareThatCameTooLateIsInTheNextVersionWhereNobodyLearnedItsRecords() {
        // Given
        Share inTime = share("a", 4, range(0, 10, 14));
        Share late = share("b", 4, range(1, 20, 24));
        Selection first = Selection.of(OFFSETS, List.of(inTime));

        // When
        Selection second = Selection.of(first.offsets(), List.of(late, inTime));

        // Then
        assertThat(second.merged()).containsExactly(late);
        assertThat(second.refused()).extracting(Selection.Refused::share).containsExactly(inTime);
    }

    @Test
    void whatBecameOfTheRecordsIsAddedUpOverWhatIsMerged() {
        // Given
        Share first = new Share("a", "v0", List.of(range(0, 10, 15)), new Work(3, 1, new Records(3, 1, 1, 0)));
        Share second = new Share("b", "v0", List.of(range(1, 20, 29)), new Work(7, 1, new Records(7, 0, 0, 2)));
        Share refused = new Share("c", "v0", List.of(range(1, 19, 29)), new Work(9, 1, new Records(9, 0, 0, 0)));

        // When
        Selection selection = Selection.of(OFFSETS, List.of(first, second, refused));

        // Then
        assertThat(selection.records()).isEqualTo(new Records(10, 1, 1, 2));
    }

    @Property
    void everyRecordIsLearnedOnceOrNotYet(@ForAll long seed) {
        // Given
        UnrulyTrainers trainers = new UnrulyTrainers(seed);

        // When
        IntStream.range(0, 25).forEach(round -> trainers.round());

        // Then
        trainers.merged.forEach((partition, ranges) -> {
            long next = 0;
            for (OffsetRange range : ranges) {
                assertThat(range.from()).as(partition).isEqualTo(next);
                next = range.to();
            }
            assertThat(trainers.offsets).containsEntry(partition, next);
        });
        assertThat(trainers.merged).isNotEmpty();
    }

    @Property
    void nothingThatCameIsLostAndTheOrderDoesNotMatter(@ForAll long seed) {
        // Given
        UnrulyTrainers trainers = new UnrulyTrainers(seed);
        IntStream.range(0, 5).forEach(round -> trainers.round());
        trainers.read();
        List<Share> otherwise = new ArrayList<>(trainers.come);
        otherwise.addAll(trainers.come.subList(0, trainers.come.size() / 2));
        Collections.shuffle(otherwise, new Random(seed + 1));
        Selection selection = Selection.of(trainers.offsets, trainers.come);

        // When
        Selection again = Selection.of(trainers.offsets, otherwise);

        // Then
        assertThat(again).isEqualTo(selection);
        assertThat(Stream.of(
                                selection.merged().stream(),
                                selection.left().stream(),
                                selection.refused().stream().map(Selection.Refused::share))
                        .flatMap(shares -> shares))
                .containsExactlyInAnyOrderElementsOf(
                        trainers.come.stream().distinct().toList());
    }

    @Property
    void whatFitsIsNeverLeftWhileNothingElseIsMerged(@ForAll long seed) {
        // Given
        UnrulyTrainers trainers = new UnrulyTrainers(seed);
        IntStream.range(0, 5).forEach(round -> trainers.round());
        Share fits = share("fits", 1, range(0, trainers.next(0), trainers.next(0) + 3));
        trainers.come.add(fits);

        // When
        Selection selection = Selection.of(trainers.offsets, trainers.come);

        // Then
        assertThat(selection.merged()).isNotEmpty();
        assertThat(selection.left()).doesNotContain(fits);
    }
}
