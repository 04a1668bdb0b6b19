package dev.millrace.events.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RecordsTest {
    @Test
    void aPairOutOfBoundsCannotBeBuilt() {
        // When
        assertThatThrownBy(() -> pair(List.of("fine", " ")))
                // Then
                .isInstanceOfSatisfying(
                        InvalidEventException.class, e -> assertThat(e.field()).isEqualTo("negatives[1]"));
    }

    @Test
    void aPairKeepsItsNegativesWhenTheCallersListChanges() {
        // Given
        final List<String> negatives = new ArrayList<>(List.of("first"));
        final Pair pair = pair(negatives);

        // When
        negatives.add("second");

        // Then
        assertThat(pair.negatives()).containsExactly("first");
    }

    @Test
    void aDeadLetterGivesTheValueBack() {
        // Given
        final byte[] value = {0, -1, 127, '{'};

        // When
        final DeadLetter letter = deadLetter(value);

        // Then
        assertThat(letter.value()).isEqualTo(value);
    }

    @Test
    void aDeadLetterOfAnOversizeValueStillFitsItsTopic() {
        // Given
        final byte[] value = new byte[3 * Limits.VALUE_BYTES];

        // When
        final byte[] json = EventJson.write(deadLetter(value));

        // Then
        assertThat(json.length).isLessThan(new Topics("").deadLetters().maxMessageBytes());
        assertThat(EventJson.readDeadLetter(json))
                .isEqualTo(new Decoded.Valid<>(deadLetter(Arrays.copyOf(value, Limits.VALUE_BYTES))));
    }

    private static Pair pair(List<String> negatives) {
        return new Pair(
                "p",
                "a",
                Optional.empty(),
                negatives,
                OptionalDouble.empty(),
                1,
                Optional.empty(),
                "test",
                Instant.EPOCH);
    }

    private static DeadLetter deadLetter(byte[] value) {
        return new DeadLetter(
                "is bad", Optional.empty(), "pairs", 0, 0, Optional.empty(), DeadLetter.encode(value), Instant.EPOCH);
    }
}
