package dev.millrace.admin.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.admin.Console;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.DeadLetter;
import dev.millrace.events.record.Limits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedriveCommandTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    @TempDir
    Path folder;

    private Console console;

    @BeforeEach
    void console() {
        console = new Console(folder);
    }

    @Test
    void aPairOfAWindowThatDivergedIsPutBackWithItsKeyAndWhereItComesFrom() {
        // Given
        letter("pairs", 7, "diverged", pair("a"), NOON);

        // When
        int code = console.run("redrive");

        // Then
        assertThat(code).isZero();
        assertThat(console.out()).isEqualToIgnoringNewLines("1 put back, 0 put back before, 0 refused");
        assertThat(pairs()).singleElement().satisfies(record -> {
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("a");
            assertThat(record.value()).isEqualTo(pair("a"));
            assertThat(new String(
                            record.headers().lastHeader("millrace-redriven").value(), StandardCharsets.UTF_8))
                    .isEqualTo("pairs-0@7");
        });
    }

    @Test
    void aSecondRedriveDoesNotPutItBackAgain() {
        // Given
        letter("pairs", 7, "diverged", pair("a"), NOON);
        console.run("redrive");
        letter("pairs", 8, "diverged", pair("b"), NOON);

        // When
        console.run("redrive");

        // Then
        assertThat(console.out()).contains("1 put back, 1 put back before, 0 refused");
        assertThat(pairs()).hasSize(2);
    }

    @Test
    void oneRecordWithSeveralLettersIsPutBackOnce() {
        // Given
        letter("pairs", 7, "diverged", pair("a"), NOON);
        letter("pairs", 7, "diverged", pair("a"), NOON.plusSeconds(1));

        // When
        console.run("redrive");

        // Then
        assertThat(pairs()).hasSize(1);
    }

    @Test
    void whatIsStillInvalidIsRefusedByPlaceAndField() {
        // Given
        letter("pairs", 7, "must lie in [0.000001, 100]", heavy("a"), NOON);
        letter("pairs", 8, "diverged", pair("b"), NOON);

        // When
        int code = console.run("redrive");

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(console.out())
                .contains(
                        "pairs-0@7 (must lie in [0.000001, 100]): refused: weight must lie in [0.000001, 100]",
                        "1 put back, 0 put back before, 1 refused");
        assertThat(pairs()).hasSize(1);
    }

    @Test
    void aPayloadThatWasCutIsRefused() {
        // Given
        letter("pairs", 7, "too large", new byte[Limits.VALUE_BYTES + 5], NOON);

        // When
        int code = console.run("redrive");

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(console.out()).contains("refused: is kept only to its first 1048576 bytes");
    }

    @Test
    void aPayloadThatWasCutForItsTopicIsRefusedThoughItsBeginningWouldDo() {
        // Given a pair with white space behind it
        byte[] value = (text(pair("a")) + " ".repeat(5_000)).getBytes(StandardCharsets.UTF_8);
        DeadLetter whole = new DeadLetter(
                "diverged", Optional.empty(), "pairs", 0, 7, Optional.empty(), DeadLetter.encode(value), NOON);
        console.broker.post("dead-letters", EventJson.write(whole, 3_000));

        // When
        int code = console.run("redrive");

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(console.out())
                .contains("bytes of " + value.length + ", sha256 ")
                .contains("mend it in a file");
        assertThat(pairs()).isEmpty();
    }

    @Test
    void topicReasonTimeAndLimitSelect() {
        // Given
        letter("clicks", 1, "diverged", pair("click"), NOON);
        letter("pairs", 2, "something else", pair("other"), NOON);
        letter("pairs", 3, "diverged", pair("early"), NOON.minusSeconds(60));
        letter("pairs", 4, "diverged", pair("a"), NOON);
        letter("pairs", 5, "diverged", pair("b"), NOON);

        // When
        console.run("redrive", "--reason", "verge", "--since", NOON.toString(), "--limit", "1");

        // Then
        assertThat(pairs())
                .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
                .containsExactly("a");
    }

    @Test
    void aDryRunPutsNothingAndShowsTheValues() throws Exception {
        // Given
        letter("pairs", 7, "must lie in [0.000001, 100]", heavy("a"), NOON);
        letter("pairs", 8, "diverged", pair("b"), NOON);

        // When
        console.run("redrive", "--dry-run", "--json");

        // Then
        JsonNode report = new ObjectMapper().readTree(console.out());
        assertThat(pairs()).isEmpty();
        assertThat(report.get("put").asLong()).isEqualTo(1);
        assertThat(report.get("refused").asLong()).isEqualTo(1);
        assertThat(report.get("steps").get(0).get("value").asText()).contains("\"weight\":500");
        assertThat(report.get("steps").get(1).get("outcome").asText()).isEqualTo("would be put back");
    }

    @Test
    void mendedRecordsOfAFileArePutBackOnceAndBadLinesNamed() throws Exception {
        // Given
        Path file = folder.resolve("mended.jsonl");
        Files.writeString(file, text(pair("a")) + "\n\n" + text(heavy("b")) + "\n" + text(pair("ü")) + "\n");
        console.run("redrive", "--file", file.toString());
        Files.writeString(file, text(pair("a")) + "\n" + text(pair("b")) + "\n" + text(pair("ü")) + "\n");

        // When
        int code = console.run("redrive", "--file", file.toString());

        // Then
        assertThat(code).isZero();
        assertThat(console.out()).contains("1 put back, 2 put back before, 0 refused");
        assertThat(pairs())
                .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
                .containsExactly("a", "ü", "b");
    }

    @Test
    void aBadLineIsNamedByItsNumberAndField() throws Exception {
        // Given
        Path file = folder.resolve("mended.jsonl");
        Files.writeString(file, text(pair("a")) + "\n\n" + text(heavy("b")) + "\n");

        // When
        int code = console.run("redrive", "--file", file.toString());

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(console.out()).contains("line 3: refused: weight must lie in [0.000001, 100]");
    }

    @Test
    void whatWouldStillLieInTheFutureIsNotPutBack() {
        // Given a pair that happened, by its own word, two days after now
        byte[] early = text(pair("a")).replace("2026-05-01T11", "2026-05-03T11").getBytes(StandardCharsets.UTF_8);
        letter("pairs", 7, "must lie at most a day after the event arrived", early, NOON);

        // When
        int code = console.run("redrive");

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(console.out())
                .contains("pairs-0@7")
                .contains("refused: ts must lie at most a day after the event arrived");
        assertThat(pairs()).isEmpty();
    }

    @Test
    void aBrokerThatDoesNotAnswerIsOneLineAndOne() {
        // Given
        letter("pairs", 7, "diverged", pair("a"), NOON);
        console.broker.goDown();

        // When
        int code = console.run("redrive");

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(console.err())
                .isEqualToIgnoringNewLines("millrace: no broker answers for topic dead-letters: no metadata");
    }

    private List<ProducerRecord<byte[], byte[]>> pairs() {
        return console.broker.records("pairs");
    }

    private void letter(String topic, long offset, String reason, byte[] value, Instant ts) {
        console.broker.post(
                "dead-letters",
                EventJson.write(new DeadLetter(
                        reason, Optional.empty(), topic, 0, offset, Optional.empty(), DeadLetter.encode(value), ts)));
    }

    private static byte[] pair(String id) {
        return json(id, 1);
    }

    private static byte[] heavy(String id) {
        return json(id, 500);
    }

    private static byte[] json(String id, int weight) {
        return ("{\"id\":\"" + id + "\",\"anchor\":\"x\",\"positive\":\"y\",\"weight\":" + weight
                        + ",\"ts\":\"2026-05-01T11:00:00Z\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
