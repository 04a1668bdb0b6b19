package dev.millrace.trainer.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.DeadLetter;
import dev.millrace.events.record.Limits;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.stream.Backlog.Waiting;
import dev.millrace.trainer.testing.KeptLetters;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.PairsTopic;
import dev.millrace.trainer.testing.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

class PairsLogTest {
    private static final Duration AT_ONCE = Duration.ZERO;

    private final SettableClock clock = new SettableClock();
    private final PairsTopic topic = new PairsTopic(2);
    private final KeptLetters deadLetters = new KeptLetters();
    private final PairsLog log = new PairsLog(topic, "pairs", deadLetters, clock);

    @Test
    void readsFromTheOffsetsItIsToldAndElseFromTheBeginning() {
        // Given
        IntStream.range(0, 5).forEach(i -> topic.post(0, pair("a" + i)));
        IntStream.range(0, 2).forEach(i -> topic.post(1, pair("b" + i)));
        join(Map.of("pairs-0", 3L), 0, 1);
        WindowBuilder window = window(100);

        // When
        boolean whole = log.fill(window, AT_ONCE);

        // Then
        assertThat(whole).isTrue();
        assertThat(window.build().pairs()).extracting(Pair::id).containsExactlyInAnyOrder("a3", "a4", "b0", "b1");
        assertThat(window.build().next()).isEqualTo(Map.of("pairs-0", 5L, "pairs-1", 2L));
    }

    @Test
    void keepsWhatDoesNotFitForTheNextWindow() {
        // Given
        IntStream.range(0, 5).forEach(i -> topic.post(0, pair("a" + i)));
        join(Map.of(), 0);
        WindowBuilder first = window(3);
        log.fill(first, AT_ONCE);
        WindowBuilder second = window(3);

        // When
        log.fill(second, AT_ONCE);

        // Then
        assertThat(first.build().pairs()).extracting(Pair::id).containsExactly("a0", "a1", "a2");
        assertThat(second.build().pairs()).extracting(Pair::id).containsExactly("a3", "a4");
    }

    @Test
    void whatIsReadAndNotYetInAVersionIsBehind() {
        // Given
        IntStream.range(0, 5).forEach(i -> topic.post(0, pair("a" + i)));
        topic.updateEndOffsets(Map.of(PairsTopic.partition(0), 7L));
        join(Map.of("pairs-0", 1L), 0);
        log.fill(window(100), AT_ONCE);
        Optional<Waiting> read = log.backlog().waiting();

        // When
        log.commit(new TreeMap<>(Map.of("pairs-0", 5L)));

        // Then: two more are there than have been read
        log.fill(window(100), AT_ONCE);
        assertThat(read).contains(new Waiting(6, Optional.of(PairsTopic.ARRIVED), 1));
        assertThat(log.backlog().waiting().orElseThrow().records()).isEqualTo(2);
    }

    @Test
    void goesBackWhenItIsToldTo() {
        // Given
        IntStream.range(0, 5).forEach(i -> topic.post(0, pair("a" + i)));
        join(Map.of(), 0);
        log.fill(window(2), AT_ONCE);
        WindowBuilder again = window(100);

        // When
        log.startFrom(new TreeMap<>(Map.of("pairs-0", 1L)));
        log.fill(again, AT_ONCE);

        // Then
        assertThat(again.build().pairs()).extracting(Pair::id).containsExactly("a1", "a2", "a3", "a4");
    }

    @Test
    void partitionsThatComeOrGoMakeTheWindowBeThrownAway() {
        // Given
        IntStream.range(0, 5).forEach(i -> topic.post(0, pair("a" + i)));
        IntStream.range(0, 5).forEach(i -> topic.post(1, pair("b" + i)));
        join(Map.of("pairs-1", 4L), 0);
        log.fill(window(2), AT_ONCE);

        // When the three that wait are taken first, then the other partition comes
        topic.assign(0, 1);
        boolean waiting = log.fill(window(100), AT_ONCE);
        boolean whole = log.fill(window(100), AT_ONCE);

        // Then
        assertThat(waiting).isTrue();
        assertThat(whole).isFalse();
        log.startFrom(new TreeMap<>(Map.of("pairs-1", 4L)));
        WindowBuilder window = window(100);
        assertThat(log.fill(window, AT_ONCE)).isTrue();
        assertThat(window.build().pairs())
                .extracting(Pair::id)
                .containsExactlyInAnyOrder("a0", "a1", "a2", "a3", "a4", "b4");
    }

    @Test
    void stayingLetsOthersInAndReadsNothing() {
        // Given
        topic.post(0, pair("a0"));
        join(Map.of(), 0);
        log.fill(window(100), AT_ONCE);
        topic.post(0, pair("a1"));
        WindowBuilder next = window(100);
        topic.assign(0, 1);

        // When
        log.stay();

        // Then
        assertThat(log.fill(next, AT_ONCE)).isFalse();
        assertThat(next.isEmpty()).isTrue();
    }

    @Test
    void aStopThatIsAskedForWhileItStaysIsHeardWhenItReads() {
        // Given
        join(Map.of(), 0);
        log.wake();

        // When
        log.stay();

        // Then
        assertThatThrownBy(() -> log.fill(window(1), AT_ONCE)).isInstanceOf(WakeupException.class);
    }

    @Test
    void whatIsNoPairBecomesADeadLetterAndCountsAsSetAside() {
        // Given
        byte[] value = "{\"id\":\"x\"}".getBytes(StandardCharsets.UTF_8);
        topic.post(1, pair("b0"));
        topic.post(1, value);
        join(Map.of(), 1);
        WindowBuilder window = window(100);

        // When
        log.fill(window, AT_ONCE);

        // Then
        assertThat(window.build().setAside()).isEqualTo(1);
        assertThat(window.build().next()).isEqualTo(Map.of("pairs-1", 2L));
        Decoded.Invalid<Pair> why = (Decoded.Invalid<Pair>) EventJson.readPair(value);
        assertThat(deadLetters.all())
                .containsExactly(new DeadLetter(
                        why.reason(),
                        Optional.of("anchor"),
                        "pairs",
                        1,
                        1,
                        Optional.of("key-1"),
                        DeadLetter.encode(value),
                        clock.instant()));
    }

    @Test
    void aPairFromTheFutureIsJudgedByItsRecordsTimeWhateverTheClockSays() {
        // Given
        topic.post(0, Pairs.at("tomorrow", PairsTopic.ARRIVED.plus(Duration.ofDays(1))));
        topic.post(0, Pairs.at("later", PairsTopic.ARRIVED.plus(Duration.ofDays(2))));
        clock.advance(Duration.ofDays(100));
        join(Map.of(), 0);
        WindowBuilder window = window(100);

        // When
        log.fill(window, AT_ONCE);

        // Then
        assertThat(window.build().pairs()).extracting(Pair::id).containsExactly("tomorrow");
        assertThat(deadLetters.all()).singleElement().satisfies(letter -> {
            assertThat(letter.field()).contains("ts");
            assertThat(letter.offset()).isEqualTo(1);
        });
    }

    @Test
    void theLargestRecordMakesALetterThatTheTopicTakes() {
        // Given
        byte[] huge = new byte[10 << 20];
        topic.post(0, huge);
        join(Map.of(), 0);

        // When
        log.fill(window(100), AT_ONCE);

        // Then
        assertThat(EventJson.write(deadLetters.all().get(0)).length).isLessThan(Limits.DEAD_LETTER_BYTES);
    }

    @Test
    void aWindowThatIsSetAsideBecomesDeadLettersWithItsPlaces() {
        // Given
        topic.post(0, pair("a0"));
        topic.post(0, "nonsense".getBytes(StandardCharsets.UTF_8));
        topic.post(0, pair("a2"));
        join(Map.of(), 0);
        WindowBuilder builder = window(100);
        log.fill(builder, AT_ONCE);
        deadLetters.all().clear();

        // When
        Window left = log.setAside(builder.build(), new TreeMap<>(Map.of(0, "diverged", 1, "diverged")));

        // Then
        assertThat(left.pairs()).isEmpty();
        assertThat(left.setAside()).isEqualTo(3);
        assertThat(left.next()).isEqualTo(Map.of("pairs-0", 3L));
        assertThat(deadLetters.all()).extracting(DeadLetter::offset).containsExactly(0L, 2L);
        assertThat(deadLetters.all()).extracting(DeadLetter::reason).containsOnly("diverged");
        assertThat(EventJson.readPair(deadLetters.all().get(1).value())).isEqualTo(new Decoded.Valid<>(pair("a2")));
    }

    @Test
    void ofAWindowOnlyThePairsAtFaultAreSetAside() {
        // Given
        topic.post(0, "nonsense".getBytes(StandardCharsets.UTF_8));
        IntStream.range(1, 4).forEach(i -> topic.post(0, pair("a" + i)));
        join(Map.of(), 0);
        WindowBuilder builder = window(100);
        log.fill(builder, AT_ONCE);
        deadLetters.all().clear();

        // When
        Window left = log.setAside(builder.build(), new TreeMap<>(Map.of(1, "cannot be encoded")));

        // Then
        assertThat(left.pairs()).extracting(Pair::id).containsExactly("a1", "a3");
        assertThat(left.setAside()).isEqualTo(2);
        assertThat(deadLetters.all()).singleElement().satisfies(letter -> {
            assertThat(letter.offset()).isEqualTo(2);
            assertThat(letter.reason()).isEqualTo("cannot be encoded");
        });
    }

    @Test
    void commitsForItsOwnPartitionsOnly() {
        // Given
        join(Map.of(), 1);

        // When
        log.commit(new TreeMap<>(Map.of("pairs-0", 7L, "pairs-1", 9L)));

        // Then
        assertThat(topic.committed(Set.of(PairsTopic.partition(0), PairsTopic.partition(1))))
                .isEqualTo(Map.of(PairsTopic.partition(1), new OffsetAndMetadata(9)));
    }

    @Test
    void tellsTheLagOfEveryPartitionAtTheStart() {
        // Given a partition that was read, and one whose records all expired before any was
        topic.updateBeginningOffsets(Map.of(PairsTopic.partition(1), 2000L));
        join(Map.of("pairs-0", 7L), 0, 1);

        // When
        log.fill(window(100), AT_ONCE);

        // Then
        assertThat(topic.committed(Set.of(PairsTopic.partition(0), PairsTopic.partition(1))))
                .isEqualTo(Map.of(
                        PairsTopic.partition(0), new OffsetAndMetadata(7),
                        PairsTopic.partition(1), new OffsetAndMetadata(2000)));
    }

    @Test
    void readsOnThoughItsGroupThrewItOut() {
        // Given
        join(Map.of(), 0);
        topic.post(0, Pairs.pair("a", "x", "y"));
        topic.throwOut();

        // When
        log.commit(new TreeMap<>(Map.of("pairs-0", 0L)));

        // Then
        WindowBuilder window = window(1);
        assertThat(log.fill(window, AT_ONCE)).isTrue();
        assertThat(window.isFull()).isTrue();
    }

    @Test
    void canBeWoken() {
        // Given
        join(Map.of(), 0);

        // When
        log.wake();

        // Then
        assertThatThrownBy(() -> log.fill(window(1), AT_ONCE)).isInstanceOf(WakeupException.class);
    }

    /** Joins the group, as the trainer does: the first answer is that partitions came. */
    private void join(Map<String, Long> offsets, int... partitions) {
        log.startFrom(new TreeMap<>(offsets));
        topic.assign(partitions);
        assertThat(log.fill(window(100), AT_ONCE)).isFalse();
        log.startFrom(new TreeMap<>(offsets));
    }

    private WindowBuilder window(int size) {
        return new WindowBuilder(size, Duration.ofHours(1), clock);
    }

    private static Pair pair(String id) {
        return Pairs.pair(id, "q " + id, "d " + id);
    }
}
