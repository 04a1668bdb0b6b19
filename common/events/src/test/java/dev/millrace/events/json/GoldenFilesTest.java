package dev.millrace.events.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The wire form of schema 1. These files are never edited: a change of form is a new schema with files of its own. */
class GoldenFilesTest {
    private static final Function<byte[], Decoded<?>> PAIR = EventJson::readPair;
    private static final Function<byte[], Decoded<?>> IMPRESSION = EventJson::readImpression;
    private static final Function<byte[], Decoded<?>> CLICK = EventJson::readClick;
    private static final Function<byte[], Decoded<?>> DOCUMENT = EventJson::readDocument;
    private static final Function<byte[], Decoded<?>> DEAD_LETTER = EventJson::readDeadLetter;
    private static final Function<byte[], Decoded<?>> CHECKPOINT_EVENT = EventJson::readCheckpointEvent;

    static Stream<Arguments> written() {
        return Stream.of(
                Arguments.of("pair.json", Samples.PAIR, EventJson.write(Samples.PAIR), PAIR),
                Arguments.of("pair-minimal.json", Samples.MINIMAL_PAIR, EventJson.write(Samples.MINIMAL_PAIR), PAIR),
                Arguments.of("impression.json", Samples.IMPRESSION, EventJson.write(Samples.IMPRESSION), IMPRESSION),
                Arguments.of("click.json", Samples.CLICK, EventJson.write(Samples.CLICK), CLICK),
                Arguments.of(
                        "click-minimal.json", Samples.MINIMAL_CLICK, EventJson.write(Samples.MINIMAL_CLICK), CLICK),
                Arguments.of("document.json", Samples.DOCUMENT, EventJson.write(Samples.DOCUMENT), DOCUMENT),
                Arguments.of(
                        "dead-letter.json", Samples.DEAD_LETTER, EventJson.write(Samples.DEAD_LETTER), DEAD_LETTER),
                Arguments.of(
                        "dead-letter-cut.json",
                        Samples.CUT_DEAD_LETTER,
                        EventJson.write(Samples.CUT_DEAD_LETTER),
                        DEAD_LETTER),
                Arguments.of(
                        "dead-letter-minimal.json",
                        Samples.MINIMAL_DEAD_LETTER,
                        EventJson.write(Samples.MINIMAL_DEAD_LETTER),
                        DEAD_LETTER),
                Arguments.of(
                        "checkpoint-event.json",
                        Samples.CHECKPOINT_EVENT,
                        EventJson.write(Samples.CHECKPOINT_EVENT),
                        CHECKPOINT_EVENT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("written")
    void isWrittenAsTheFileSays(String file, Object event, byte[] written, Function<byte[], Decoded<?>> read) {
        // Given
        final String golden = golden(file);

        // When
        final String json = new String(written, StandardCharsets.UTF_8);

        // Then
        assertThat(json).isEqualTo(golden);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("written")
    void isReadFromTheFile(String file, Object event, byte[] written, Function<byte[], Decoded<?>> read) {
        // Given
        final byte[] golden = golden(file).getBytes(StandardCharsets.UTF_8);

        // When
        final Decoded<?> decoded = read.apply(golden);

        // Then
        assertThat(decoded).isEqualTo(new Decoded.Valid<>(event));
    }

    private static String golden(String file) {
        try (InputStream in = GoldenFilesTest.class.getResourceAsStream("/golden/schema-1/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
