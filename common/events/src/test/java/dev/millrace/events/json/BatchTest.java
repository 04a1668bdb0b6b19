package dev.millrace.events.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchTest {
    private static final int BYTES = 200;
    private static final int ITEMS = 3;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"id":"a"}         | {"id":"a"}
            []                 |
            [{"id":"a"},7,"x"] | {"id":"a"} 7 "x"
            [[1],null]         | [1] null
            """)
    void holdsAnArraysItemsOrTheOneDocument(String json, String items) {
        // When
        final Decoded<List<JsonNode>> batch = parse(json);

        // Then
        assertThat(batch).isInstanceOfSatisfying(Decoded.Valid.class, valid -> assertThat((List<?>) valid.event())
                .map(Object::toString)
                .isEqualTo(items == null ? List.of() : List.of(items.split(" "))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [1,2,3,4       | must have at most 3 items
            [1,2           | must be one JSON document
            [1] 2          | must end after one JSON document
            ''             | must not be empty
            [1,,2]         | must be one JSON document
            """)
    void isRefusedAsAWhole(String json, String reason) {
        // When
        final Decoded<List<JsonNode>> batch = parse(json);

        // Then
        assertThat(batch).isEqualTo(new Decoded.Invalid<>("", reason));
    }

    @Test
    void isRefusedUnreadWhenItIsTooLarge() {
        // When
        final Decoded<List<JsonNode>> batch = parse("[" + "1".repeat(BYTES));

        // Then
        assertThat(batch).isEqualTo(new Decoded.Invalid<>("", "must have at most 200 bytes"));
    }

    private static Decoded<List<JsonNode>> parse(String json) {
        return EventJson.parseBatch(json.getBytes(StandardCharsets.UTF_8), BYTES, ITEMS);
    }
}
