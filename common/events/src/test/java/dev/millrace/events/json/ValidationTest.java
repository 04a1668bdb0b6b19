package dev.millrace.events.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.millrace.events.record.CheckpointEvent;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.DeadLetter;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Pair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidationTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID_BOUND = "must have 1 to 256 characters of well-formed Unicode and not be blank";
    private static final String TEXT_BOUND = "must have 1 to 131072 characters of well-formed Unicode and not be blank";

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            id        | null             | id           | is required
            id        | 7                | id           | must be a string
            id        | " "              | id           | ID_BOUND
            id        | LONG_257         | id           | ID_BOUND
            anchor    | null             | anchor       | is required
            anchor    | ["a"]            | anchor       | must be a string
            anchor    | " \\n "          | anchor       | TEXT_BOUND
            anchor    | LONG_131073      | anchor       | TEXT_BOUND
            anchor    | "\\ud83d"        | anchor       | TEXT_BOUND
            positive  | ""               | positive     | TEXT_BOUND
            positive  | {}               | positive     | must be a string
            negatives | "a"              | negatives    | must be an array
            negatives | ["a", null]      | negatives[1] | must be a string
            negatives | ["a", "b", " "]  | negatives[2] | TEXT_BOUND
            negatives | MANY_65          | negatives    | must have at most 64 entries
            label     | "1"              | label        | must be a number
            label     | 1.0000001        | label        | must lie in [0, 1]
            label     | -0.1             | label        | must lie in [0, 1]
            weight    | 0                | weight       | must lie in [0.000001, 100]
            weight    | 1e-50            | weight       | must lie in [0.000001, 100]
            weight    | 9.9e-7           | weight       | must lie in [0.000001, 100]
            weight    | 100.5            | weight       | must lie in [0.000001, 100]
            weight    | 1e999            | weight       | must lie in [0.000001, 100]
            weight    | true             | weight       | must be a number
            group     | ""               | group        | ID_BOUND
            source    | ""               | source       | ID_BOUND
            ts        | null             | ts           | is required
            ts        | 1700000000       | ts           | must be a string
            ts        | "yesterday"      | ts           | must be an ISO-8601 instant such as 2026-01-31T12:00:00Z
            ts        | "1969-12-31T23:59:59Z" | ts     | must lie in the years 1970 to 9999
            schema    | 2                | schema       | must be 1
            schema    | "1"              | schema       | must be a 64-bit whole number
            """)
    void namesThePairsFieldAtFault(String field, String value, String path, String reason) {
        // Given
        final byte[] json = replaced(EventJson.write(Samples.PAIR), field, value);

        // When
        final Decoded<Pair> decoded = EventJson.readPair(json);

        // Then
        assertThat(decoded).isEqualTo(new Decoded.Invalid<>(path, spelledOut(reason)));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            query   | null                                             | query                 | is required
            results | null                                             | results               | is required
            results | []                                               | results               | must have 1 to 200 entries
            results | MANY_201                                         | results[0]            | must be a JSON object
            results | [{"docId":"d","text":"t","position":1}, 5]       | results[1]            | must be a JSON object
            results | [{"docId":"d","position":1}]                     | results[0].text       | is required
            results | [{"docId":"d","text":" ","position":1}]          | results[0].text       | TEXT_BOUND
            results | [{"docId":"d","text":"t","position":0}]          | results[0].position   | must be 1 or more
            results | [{"docId":"d","text":"t","position":1.0}]        | results[0].position   | must be a 32-bit whole number
            results | [{"docId":"d","text":"t","position":3000000000}] | results[0].position   | must be a 32-bit whole number
            results | [{"docId":"d","text":"t","position":1,"propensity":0}] | results[0].propensity | must lie in (0, 1]
            """)
    void namesTheImpressionsFieldAtFault(String field, String value, String path, String reason) {
        // Given
        final byte[] json = replaced(EventJson.write(Samples.IMPRESSION), field, value);

        // When
        final Decoded<Impression> decoded = EventJson.readImpression(json);

        // Then
        assertThat(decoded).isEqualTo(new Decoded.Invalid<>(path, spelledOut(reason)));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            impressionId | null                 | impressionId | is required
            docId        | ""                   | docId        | ID_BOUND
            dwellMs      | -1                   | dwellMs      | must be 0 or more
            dwellMs      | 99999999999999999999 | dwellMs      | must be a 64-bit whole number
            """)
    void namesTheClicksFieldAtFault(String field, String value, String path, String reason) {
        // Given
        final byte[] json = replaced(EventJson.write(Samples.CLICK), field, value);

        // When
        final Decoded<Click> decoded = EventJson.readClick(json);

        // Then
        assertThat(decoded).isEqualTo(new Decoded.Invalid<>(path, spelledOut(reason)));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            reason    | null      | reason    | is required
            topic     | ""        | topic     | ID_BOUND
            partition | -1        | partition | must be 0 or more
            offset    | -1        | offset    | must be 0 or more
            key       | "\\udc00" | key       | must be well-formed Unicode
            payload   | "*"       | payload   | must be base64
            """)
    void namesTheDeadLettersFieldAtFault(String field, String value, String path, String reason) {
        // Given
        final byte[] json = replaced(EventJson.write(Samples.DEAD_LETTER), field, value);

        // When
        final Decoded<DeadLetter> decoded = EventJson.readDeadLetter(json);

        // Then
        assertThat(decoded).isEqualTo(new Decoded.Invalid<>(path, spelledOut(reason)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "version", "space"})
    void namesTheCheckpointEventsFieldAtFault(String field) {
        // Given
        final byte[] json = replaced(EventJson.write(Samples.CHECKPOINT_EVENT), field, "\"\"");

        // When
        final Decoded<CheckpointEvent> decoded = EventJson.readCheckpointEvent(json);

        // Then
        assertThat(decoded).isEqualTo(new Decoded.Invalid<>(field, ID_BOUND));
    }

    @Test
    void takesTheLongestOfEverything() {
        // Given
        byte[] json = EventJson.write(Samples.PAIR);
        json = replaced(json, "id", "LONG_256");
        json = replaced(json, "anchor", "LONG_131072");
        json = replaced(json, "negatives", "MANY_64");

        // When
        final Decoded<Pair> decoded = EventJson.readPair(json);

        // Then
        assertThat(decoded).isInstanceOfSatisfying(Decoded.Valid.class, valid -> assertThat(valid.event())
                .isInstanceOfSatisfying(Pair.class, pair -> {
                    assertThat(pair.id()).hasSize(256);
                    assertThat(pair.anchor()).hasSize(131_072);
                    assertThat(pair.negatives()).hasSize(64);
                }));
    }

    @Test
    void countsATextsCharactersAfterStrippingIt() {
        // Given
        final byte[] json = replaced(EventJson.write(Samples.MINIMAL_PAIR), "anchor", "\"  \\u3000what  \\n\"");

        // When
        final Decoded<Pair> decoded = EventJson.readPair(json);

        // Then
        assertThat(decoded).isInstanceOfSatisfying(Decoded.Valid.class, valid -> assertThat(valid.event())
                .extracting("anchor")
                .isEqualTo("what"));
    }

    @Test
    void ignoresUnknownFieldsAndAnAbsentSchema() {
        // Given
        final byte[] json =
                replaced(replaced(EventJson.write(Samples.CLICK), "colour", "{\"deep\":[1]}"), "schema", "null");

        // When
        final Decoded<Click> decoded = EventJson.readClick(json);

        // Then
        assertThat(decoded).isEqualTo(new Decoded.Valid<>(Samples.CLICK));
    }

    @Test
    void givesAPairOfABatchItsTimeAndDefaults() throws JsonProcessingException {
        // Given
        final var node = JSON.readTree("{\"id\":\"p-2\",\"anchor\":\"a text of its own\"}");

        // When
        final Decoded<Pair> decoded = EventJson.readPair(node, Instant.EPOCH);

        // Then
        assertThat(decoded).isEqualTo(new Decoded.Valid<>(Samples.MINIMAL_PAIR));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00Z, true",
        "2026-02-01T12:00:00Z, true",
        "2026-02-01T12:00:00.001Z, false",
        "1970-01-01T00:00:00Z, true"
    })
    void anEventMayLieADayAhead(Instant ts, boolean timely) {
        // Given
        final Decoded<Click> click = new Decoded.Valid<>(new Click("i", "d", OptionalLong.empty(), ts));

        // When
        final Decoded<Click> judged = EventJson.timely(click, Instant.parse("2026-01-31T12:00:00Z"));

        // Then
        assertThat(judged)
                .isEqualTo(
                        timely ? click : new Decoded.Invalid<>("ts", "must lie at most a day after the event arrived"));
    }

    private static byte[] replaced(byte[] json, String field, String value) {
        try {
            final ObjectNode tree = (ObjectNode) JSON.readTree(json);
            tree.putRawValue(field, new RawValue(spelledOut(value)));
            return JSON.writeValueAsBytes(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String spelledOut(String text) {
        if (text.startsWith("LONG_")) {
            return "\"" + "x".repeat(Integer.parseInt(text.substring(5))) + "\"";
        }
        if (text.startsWith("MANY_")) {
            return "[" + "\"x\",".repeat(Integer.parseInt(text.substring(5)) - 1) + "\"x\"]";
        }
        return text.replace("ID_BOUND", ID_BOUND).replace("TEXT_BOUND", TEXT_BOUND);
    }
}
