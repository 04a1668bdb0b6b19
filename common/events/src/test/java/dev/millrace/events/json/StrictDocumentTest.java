package dev.millrace.events.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.record.Limits;
import dev.millrace.events.record.Pair;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no event before any of its fields is looked at. */
class StrictDocumentTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{}{}",
                "{\"id\":NaN}",
                "{\"id\":\"a\",\"id\":\"b\"}",
                "[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]",
                "{'id':1}",
                "{\"id\":01}",
                "\uFEFF\uFEFF{}"
            })
    void refusesWhatIsNotOneStrictDocument(String json) {
        // Given
        final byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

        // When
        final Decoded<Pair> decoded = EventJson.readPair(bytes);

        // Then
        assertThat(decoded).isInstanceOfSatisfying(Decoded.Invalid.class, invalid -> assertThat(invalid.field())
                .isEmpty());
    }

    @Test
    void aByteOrderMarkInFrontIsNoFault() {
        // Given
        final byte[] json = "\uFEFF{\"id\":\"p\",\"anchor\":\"x\",\"ts\":\"2026-01-01T00:00:00Z\"}"
                .getBytes(StandardCharsets.UTF_8);

        // When
        final Decoded<Pair> decoded = EventJson.readPair(json);

        // Then
        assertThat(decoded).isInstanceOfSatisfying(Decoded.Valid.class, valid -> assertThat(valid.event())
                .hasFieldOrPropertyWithValue("id", "p"));
    }

    @Test
    void refusesOtherEncodingsOfValidJson() {
        // Given
        final byte[] json = "{\"id\":\"p\"}".getBytes(StandardCharsets.UTF_16BE);

        // When
        final Decoded<Pair> decoded = EventJson.readPair(json);

        // Then
        assertThat(decoded).isInstanceOfSatisfying(Decoded.Invalid.class, invalid -> assertThat(invalid.field())
                .isEmpty());
    }

    @Test
    void refusesOverlongUtf8() {
        // Given: a slash in two bytes where one would do
        final byte[] json = {'"', (byte) 0xC0, (byte) 0xAF, '"'};

        // When
        final Decoded<Pair> decoded = EventJson.readPair(json);

        // Then
        assertThat(decoded).isEqualTo(new Decoded.Invalid<>("", "must be UTF-8"));
    }

    @Test
    void refusesAValueAboveItsSizeUnread() {
        // Given
        final byte[] json = Arrays.copyOf(EventJson.write(Samples.PAIR), Limits.VALUE_BYTES + 1);

        // When
        final Decoded<Pair> decoded = EventJson.readPair(json);

        // Then
        assertThat(decoded).isEqualTo(new Decoded.Invalid<>("", "must have at most 1048576 bytes"));
    }
}
