package dev.millrace.events.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8DocumentsTest {
    static Stream<String> ignored() {
        return Stream.of(
                "[".repeat(400) + "]".repeat(400),
                "{\"a\":".repeat(17) + "1" + "}".repeat(17),
                "1".repeat(1001),
                "-" + "1".repeat(100_000) + "." + "1".repeat(100_000) + "e-9",
                "{\"" + "n".repeat(50_001) + "\":1}",
                "\"\\ud800\"");
    }

    @ParameterizedTest
    @MethodSource("ignored")
    void whatIsPassedOverMayBeOdd(String value) {
        // Given
        final byte[] json = utf8("{\"more\":" + value + ",\"a\":\"found\"}");

        // When
        final Decoded<String> read = Utf8Documents.read(json, Utf8DocumentsTest::a);

        // Then
        assertThat(read).isEqualTo(new Decoded.Valid<>("found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFF{\"a\":\"found\"}", "\r\n {\"a\":\"found\"}\r\n"})
    void aByteOrderMarkAndWhiteSpaceAroundAreNoFault(String text) {
        // Given
        final byte[] json = utf8(text);

        // When
        final Decoded<String> read = Utf8Documents.read(json, Utf8DocumentsTest::a);

        // Then
        assertThat(read).isEqualTo(new Decoded.Valid<>("found"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":\"found\"}{}",
                "{\"a\":\"found\"} x",
                "{\"a\":NaN}",
                "{'a':1}",
                "\uFEFF\uFEFF{}",
                "{\"more\":\"\u0000\"}"
            })
    void whatIsNotOneDocumentIsRefusedWithAReason(String text) {
        // Given
        final byte[] json = utf8(text);

        // When
        final Decoded<String> read = Utf8Documents.read(json, Utf8DocumentsTest::a);

        // Then
        assertThat(read).isInstanceOfSatisfying(Decoded.Invalid.class, invalid -> assertThat(invalid.reason())
                .startsWith("must "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void whatIsDeeperThanAnyParserShouldGoIsRefused(String level) {
        // Given
        final byte[] json = utf8("{\"more\":" + level.repeat(100_000));

        // When
        final Decoded<String> read = Utf8Documents.read(json, Utf8DocumentsTest::a);

        // Then
        assertThat(read).isInstanceOfSatisfying(Decoded.Invalid.class, invalid -> assertThat(invalid.reason())
                .contains("no deeper than"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE", "ISO-8859-1"})
    void otherEncodingsAreRefused(String charset) {
        // Given
        final byte[] json = "{\"a\":\"f\u00fcnf\"}".getBytes(Charset.forName(charset));

        // When
        final Decoded<String> read = Utf8Documents.read(json, Utf8DocumentsTest::a);

        // Then
        assertThat(read).isInstanceOf(Decoded.Invalid.class);
    }

    @Test
    void brokenUtf32IsRefused() {
        // Given
        final byte[] json = {0, 0, 0, '{', 0, 0, 0, '"', 0, 0x11, 0, 0, 0, 0, ':'};

        // When
        final Decoded<String> read = Utf8Documents.read(json, Utf8DocumentsTest::a);

        // Then
        assertThat(read).isInstanceOf(Decoded.Invalid.class);
    }

    @Property
    void whateverTheBytesReadingAnswers(@ForAll byte[] json) {
        // When
        final Decoded<String> read = Utf8Documents.read(json, Utf8DocumentsTest::a);

        // Then
        assertThat(read).isNotNull();
    }

    /** The member {@code a}, all others passed over. */
    private static String a(JsonParser parser) throws IOException {
        String found = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            final boolean isA = parser.currentName().equals("a");
            parser.nextToken();
            if (isA) {
                found = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        return found;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
