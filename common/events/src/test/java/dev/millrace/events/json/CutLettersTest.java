package dev.millrace.events.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.record.DeadLetter;
import dev.millrace.events.record.DeadLetter.Whole;
import dev.millrace.events.record.Limits;
import dev.millrace.events.record.Origin;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CutLettersTest {
    private static final byte[] KEY = "k".getBytes(StandardCharsets.UTF_8);

    @Test
    void aLetterThatItsTopicTakesIsWrittenWhole() {
        // Given
        final DeadLetter letter = letter(bytes(900_000), "is no pair");

        // When
        final byte[] json = EventJson.write(letter, Limits.DEAD_LETTER_BYTES);

        // Then
        assertThat(json).isEqualTo(EventJson.write(letter));
        assertThat(letter.whole()).isEmpty();
    }

    @Test
    void aLetterThatItsTopicDoesNotTakeKeepsTheBeginningTheLengthAndTheDigest() throws Exception {
        // Given
        final byte[] value = bytes(900_000);

        // When
        final byte[] json = EventJson.write(letter(value, "is no pair"), 1_048_400);

        // Then
        final DeadLetter kept = read(json);
        assertThat(json).hasSizeBetween(1_048_380, 1_048_400);
        assertThat(kept.value()).isEqualTo(Arrays.copyOf(value, kept.value().length));
        assertThat(kept.whole()).contains(new Whole(900_000, sha256(value)));
        assertThat(kept.offset()).isEqualTo(7);
    }

    @Test
    void aLetterThatIsCutTwiceStillTellsOfTheWholeRecord() throws Exception {
        // Given
        final byte[] value = bytes(3 * Limits.VALUE_BYTES);

        // When
        final byte[] json = EventJson.write(letter(value, "is too large"), 5_000);

        // Then
        assertThat(read(json).whole()).contains(new Whole(value.length, sha256(value)));
    }

    @Property(tries = 200)
    void whateverTheTopicTakesTheLetterFits(
            @ForAll @IntRange(max = 5_000) int valueBytes,
            @ForAll @IntRange(max = 3_000) int reasonChars,
            @ForAll @IntRange(min = 400, max = 12_000) int maxBytes) {
        final DeadLetter letter = letter(bytes(valueBytes), "\uD83D\uDE00".repeat(reasonChars / 2));
        final byte[] json = EventJson.write(letter, maxBytes);
        assertThat(json).hasSizeLessThanOrEqualTo(maxBytes);
        assertThat(read(json).topic()).isEqualTo("pairs");
    }

    private static DeadLetter read(byte[] json) {
        return ((Decoded.Valid<DeadLetter>) EventJson.readDeadLetter(json)).event();
    }

    private static DeadLetter letter(byte[] value, String reason) {
        return Origin.of("pairs", 3, 7, Optional.of(KEY), Optional.of(value)).setAside("", reason, Instant.EPOCH);
    }

    private static byte[] bytes(int count) {
        final byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] value) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
    }
}
