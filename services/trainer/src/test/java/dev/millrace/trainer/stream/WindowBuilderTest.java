package dev.millrace.trainer.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.json.Decoded;
import dev.millrace.trainer.stream.Window.Entry;
import dev.millrace.trainer.testing.Pairs;
import dev.millrace.trainer.testing.PairsTopic;
import dev.millrace.trainer.testing.SettableClock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowBuilderTest {
    private final SettableClock clock = new SettableClock();
    private final WindowBuilder builder = new WindowBuilder(3, Duration.ofSeconds(10), clock);

    @Test
    void isDueWhenItIsFullOfPairs() {
        // Given
        builder.add(good(0, 0));
        builder.add(bad(0, 1));
        builder.add(good(0, 2));
        boolean early = builder.isDue();

        // When
        builder.add(good(1, 7));

        // Then
        assertThat(early).isFalse();
        assertThat(builder.isFull()).isTrue();
        assertThat(builder.isDue()).isTrue();
    }

    @Test
    void isDueWhenItsFirstRecordHasWaitedLongEnough() {
        // Given
        clock.advance(Duration.ofHours(1));
        builder.add(good(0, 0));
        clock.advance(Duration.ofMillis(9_999));
        boolean early = builder.isDue();

        // When
        clock.advance(Duration.ofMillis(1));

        // Then
        assertThat(early).isFalse();
        assertThat(builder.isDue()).isTrue();
        assertThat(builder.isFull()).isFalse();
    }

    @Test
    void withoutAPairDoesNotGrowOld() {
        // Given
        builder.add(bad(0, 0));
        builder.add(bad(0, 1));

        // When
        clock.advance(Duration.ofHours(1));

        // Then
        assertThat(builder.isDue()).isFalse();
    }

    @Test
    void fullOfBadRecordsIsDueSoThatTheStreamGoesOn() {
        // Given
        IntStream.range(0, 95).forEach(offset -> builder.add(bad(0, offset)));
        boolean early = builder.isDue();

        // When
        builder.add(bad(0, 95));

        // Then
        assertThat(early).isFalse();
        assertThat(builder.isDue()).isTrue();
    }

    @Test
    void aWindowTellsItsPairsAndWhereToReadOn() {
        // Given
        builder.add(good(0, 4));
        builder.add(good(1, 7));
        builder.add(bad(0, 5));

        // When
        Window window = builder.build();

        // Then
        assertThat(window.pairs()).extracting("id").containsExactly("0-4", "1-7");
        assertThat(window.setAside()).isEqualTo(1);
        assertThat(window.next()).isEqualTo(Map.of("pairs-0", 6L, "pairs-1", 8L));
    }

    private static Entry good(int partition, long offset) {
        String id = partition + "-" + offset;
        return new Entry(
                PairsTopic.partition(partition), offset, new Decoded.Valid<>(Pairs.pair(id, "q" + id, "d" + id)));
    }

    private static Entry bad(int partition, long offset) {
        return new Entry(PairsTopic.partition(partition), offset, new Decoded.Invalid<>("anchor", "is missing"));
    }
}
