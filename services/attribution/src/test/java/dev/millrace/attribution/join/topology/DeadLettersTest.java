package dev.millrace.attribution.join.topology;

import static dev.millrace.attribution.join.topology.JoinRig.TICK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.CheckpointEvent;
import dev.millrace.events.record.DeadLetter;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Limits;
import dev.millrace.events.topic.TopicLimits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLettersTest {
    private final JoinRig rig = new JoinRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aDamagedRecordIsKeptWithItsPlaceAndTheStreamGoesOn() {
        // Given
        final byte[] damaged =
                "{\"id\":\"i1\",\"query\":\"q\",\"results\":[{\"docId\":\"d\",\"text\":\" \",\"position\":1}],\"ts\":\"2026-03-01T10:00:00Z\"}"
                        .getBytes(StandardCharsets.UTF_8);
        rig.show("i0", 0);

        // When
        rig.rawImpression(Optional.of("i1"), damaged, 100);

        // Then
        assertThat(rig.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.field()).contains("results[0].text");
            assertThat(letter.reason()).isNotBlank();
            assertThat(letter.topic()).isEqualTo("t.impressions");
            assertThat(letter.partition()).isZero();
            assertThat(letter.offset()).isEqualTo(1);
            assertThat(letter.key()).contains("i1");
            assertThat(letter.value()).isEqualTo(damaged);
        });
        rig.click("i0", "d2", 200);
        rig.timeIs(JoinRig.WINDOW + TICK.toMillis());
        assertThat(rig.pairIds()).containsExactly("click:i0:d2");
        assertThat(rig.count("dead.letters")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "\u0000\u00ff", "{\"schema\":2}"})
    void garbageIsALetterWithoutAField(String garbage) {
        // When
        rig.rawImpression(Optional.of("i1"), garbage.getBytes(StandardCharsets.ISO_8859_1), 0);

        // Then
        assertThat(rig.deadLetters()).hasSize(1);
    }

    @Test
    void aDeletionIsALetterToo() {
        // When
        rig.rawImpression(Optional.of("i1"), null, 0);

        // Then
        assertThat(rig.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.value())
                .isEmpty());
    }

    @Test
    void aRecordUnderAnotherKeyWouldNotMeetItsClicks() {
        // Given
        final byte[] value = EventJson.write(JoinRig.impression("i1", 3));

        // When
        rig.rawImpression(Optional.of("i2"), value, 0);
        rig.rawImpression(Optional.empty(), value, 0);

        // Then
        assertThat(rig.deadLetters())
                .extracting(DeadLetter::reason)
                .containsExactly(
                        "the record's key is not the impression's id", "the record's key is not the impression's id");
        assertThat(rig.stored()).isZero();
    }

    @Test
    void anEventFromTheFutureIsSetAsideAndOneFromLongAgoIsNot() {
        // Given
        final Impression like = JoinRig.impression("late", 3);
        final Instant tooFar = JoinRig.START.plus(Limits.AHEAD).plusMillis(1);
        rig.show(new Impression("late", like.query(), like.results(), Instant.EPOCH), 0);

        // When
        rig.show(new Impression("early", like.query(), like.results(), tooFar), 0);

        // Then
        assertThat(rig.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.field()).contains("ts");
            assertThat(letter.key()).contains("early");
        });
    }

    @Test
    void whatIsNoAnnouncementIsSetAsideToo() {
        // Given
        final byte[] good = EventJson.write(new CheckpointEvent("stable", "v000001-00000000", "space", JoinRig.START));
        rig.announce(Optional.of(good));

        // When
        rig.announce(Optional.of("{}".getBytes(StandardCharsets.UTF_8)));
        rig.announce(Optional.empty());

        // Then
        assertThat(rig.deadLetters())
                .extracting(DeadLetter::topic, DeadLetter::offset, DeadLetter::reason)
                .containsExactly(
                        tuple("t.checkpoints", 1L, "is required"), tuple("t.checkpoints", 2L, "must not be empty"));
        assertThat(rig.stored()).isZero();
    }

    @Test
    void theLargestGarbageMakesALetterThatCanBeRead() {
        // Given
        final byte[] huge = new byte[Limits.VALUE_BYTES + 1000];

        // When
        rig.rawImpression(Optional.of("k".repeat(100_000)), huge, 0);

        // Then
        assertThat(rig.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.value()).hasSize(Limits.VALUE_BYTES);
            assertThat(letter.key()).isEmpty();
        });
    }

    @Test
    void aLetterIsCutToWhatItsTopicTakes() {
        // Given
        rig.known.learn(new TopicLimits(Map.of("t.dead-letters", 1_048_588)));
        final byte[] garbage = "x".repeat(900_000).getBytes(StandardCharsets.UTF_8);

        // When
        rig.rawImpression(Optional.of("i1"), garbage, 0);

        // Then
        assertThat(rig.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(EventJson.write(letter)).hasSizeBetween(1_048_400, 1_048_588 - 96 - 2);
            assertThat(letter.whole().orElseThrow().bytes()).isEqualTo(900_000);
            assertThat(letter.key()).contains("i1");
        });
    }
}
