package dev.millrace.events.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.json.BadRecords.Bad;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.Document;
import dev.millrace.events.record.Event;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Pair;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BadRecordsTest {
    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @ParameterizedTest
    @MethodSource("all")
    void theSameSeedGivesTheSameRecordsAndThemOfManyKinds(Event good) {
        // Given
        final BadRecords records = new BadRecords(good, 7, NOW);
        final BadRecords again = new BadRecords(good, 7, NOW);
        final Set<String> faults = new HashSet<>();

        // When
        for (int i = 0; i < 500; i++) {
            final Bad bad = records.next();
            faults.add(bad.field() + " " + bad.reason());

            // Then
            assertThat(read(good, bad)).isEqualTo(new Decoded.Invalid<>(bad.field(), bad.reason()));
            assertThat(bad.value().map(Arrays::hashCode))
                    .isEqualTo(again.next().value().map(Arrays::hashCode));
        }
        assertThat(faults).hasSizeGreaterThan(15);
    }

    @ParameterizedTest
    @MethodSource("all")
    void theEventsTheyWereMadeOfAreGood(Event good) {
        // Given
        final Bad untouched = new Bad(Optional.of(BadRecords.json(good)), "", "");

        // When
        final Decoded<? extends Event> decoded = read(good, untouched);

        // Then
        assertThat(decoded).isEqualTo(new Decoded.Valid<>(good));
    }

    static Stream<Event> all() {
        return BadRecords.examples(NOW).stream();
    }

    /** As whoever reads the topic of such events reads it. */
    static Decoded<? extends Event> read(Event like, Bad bad) {
        final byte[] value = bad.value().orElseGet(() -> new byte[0]);
        if (like instanceof Pair) {
            return EventJson.timely(EventJson.readPair(value), NOW);
        }
        if (like instanceof Impression) {
            return EventJson.timely(EventJson.readImpression(value), NOW);
        }
        if (like instanceof Document) {
            return EventJson.timely(EventJson.readDocument(value), NOW);
        }
        return like instanceof Click
                ? EventJson.timely(EventJson.readClick(value), NOW)
                : EventJson.timely(EventJson.readCheckpointEvent(value), NOW);
    }
}
