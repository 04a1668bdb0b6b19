package dev.millrace.trainer.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.trainer.stream.Backlog.Place;
import dev.millrace.trainer.stream.Backlog.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final TopicPartition FIRST = new TopicPartition("pairs", 0);
    private static final TopicPartition SECOND = new TopicPartition("pairs", 1);
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private final Backlog backlog = new Backlog();

    @Test
    void whatIsReadWaitsUntilItIsLearned() {
        // Given
        backlog.startFrom(new TreeMap<>(Map.of("pairs-0", 10L, "pairs-1", 5L)));
        for (int record = 0; record < 10; record++) {
            backlog.read(FIRST, 10 + record, NOON.plusSeconds(10L * record));
        }
        look(new Place(20, 25), new Place(5, 5));
        Optional<Waiting> before = backlog.waiting();

        // When
        backlog.learned(new TreeMap<>(Map.of("pairs-0", 17L, "pairs-1", 5L)));

        // Then
        look(new Place(20, 25), new Place(5, 5));
        assertThat(before).contains(new Waiting(15, Optional.of(NOON), 1));
        assertThat(backlog.waiting()).contains(new Waiting(8, Optional.of(NOON.plusSeconds(70)), 1));
    }

    /** After an hour in which nothing came, what comes now has not waited for an hour. */
    @Test
    void whatComesAfterAPauseIsAsOldAsItIs() {
        // Given
        backlog.startFrom(new TreeMap<>(Map.of("pairs-0", 0L)));
        backlog.read(FIRST, 0, NOON);
        backlog.learned(new TreeMap<>(Map.of("pairs-0", 1L)));

        // When
        backlog.read(FIRST, 1, NOON.plusSeconds(3600));
        backlog.learned(new TreeMap<>(Map.of("pairs-0", 1L)));

        // Then
        backlog.look(List.of(FIRST), partition -> Optional.of(new Place(2, 2)));
        assertThat(backlog.waiting()).contains(new Waiting(1, Optional.of(NOON.plusSeconds(3600)), 1));
    }

    @Test
    void nothingWaitsWhereAllIsLearned() {
        // Given
        backlog.startFrom(new TreeMap<>(Map.of("pairs-0", 3L, "pairs-1", 4L)));

        // When
        look(new Place(3, 3), new Place(4, 4));

        // Then
        assertThat(backlog.waiting()).contains(new Waiting(0, Optional.empty(), 0));
    }

    @Test
    void aPartitionWhoseEndIsNotKnownLeavesItAllUnknown() {
        // Given
        backlog.startFrom(new TreeMap<>());
        look(new Place(0, 3), new Place(0, 0));

        // When
        backlog.look(
                List.of(FIRST, SECOND),
                partition -> partition.equals(FIRST) ? Optional.of(new Place(0, 3)) : Optional.empty());

        // Then
        assertThat(backlog.waiting()).isEmpty();
    }

    @Test
    void withoutPartitionsNothingIsKnown() {
        // Given
        backlog.startFrom(new TreeMap<>());

        // When
        backlog.look(List.of(), partition -> Optional.empty());

        // Then
        assertThat(backlog.waiting()).isEmpty();
    }

    private void look(Place first, Place second) {
        backlog.look(List.of(FIRST, SECOND), partition -> Optional.of(partition.equals(FIRST) ? first : second));
    }
}
