package dev.millrace.trainer.learning.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.change.ChangeDetection.Brought;
import dev.millrace.trainer.learning.settings.LearningConfig;
import dev.millrace.trainer.testing.Configs;
import dev.millrace.trainer.testing.Pairs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangeDetectionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final LearningConfig WATCHED = Configs.learning("change-detection", "adwin", "change-windows", "3");

    private final ChangeDetection detection = new ChangeDetection(WATCHED, JSON.createObjectNode());
    private final List<Pair> replay = new ArrayList<>();
    private final Random random = new Random(1);

    @Test
    void aStreamThatStaysAsItIsIsNoChange() {
        // When
        List<SortedMap<String, Double>> figures =
                IntStream.range(0, 30).mapToObj(window -> bring(cards(200), .3)).toList();

        // Then
        assertThat(figures)
                .allSatisfy(seen -> assertThat(seen).isEqualTo(Map.of("change-detected", 0.0, "replay-share", 0.5)));
    }

    @Test
    void wordsThatAreNewAreAChangeAndLessIsReplayedForSomeWindows() {
        // Given
        IntStream.range(0, 10).forEach(window -> bring(cards(200), .3));

        // When
        SortedMap<String, Double> seen = bring(texts("trip", 8, 200), .3);

        // Then in the windows after it
        assertThat(seen).containsEntry("change-detected", 1.0).containsKey("change.unknown");
        assertThat(seen.get("change.unknown")).isGreaterThan(0.5);
        assertThat(IntStream.range(0, 4)
                        .mapToObj(window -> bring(texts("trip", 8, 200), .3).get("replay-share")))
                .containsExactly(0.25, 0.25, 0.25, 0.5);
    }

    @Test
    void textsOfAnotherLengthAreAChangeEitherWay() {
        // Given
        IntStream.range(0, 10).forEach(window -> bring(cards(200), .3));

        // When
        SortedMap<String, Double> longer = bring(texts("card", 30, 200), .3);
        IntStream.range(0, 10).forEach(window -> bring(texts("card", 30, 200), .3));
        SortedMap<String, Double> shorter = bring(cards(200), .3);

        // Then
        assertThat(longer.get("change.length")).isPositive();
        assertThat(shorter.get("change.length")).isNegative();
    }

    @Test
    void aLossThatGrowsIsAChangeAndOneThatFallsIsNone() {
        // Given
        IntStream.range(0, 10).forEach(window -> bring(cards(200), .7));

        // When
        List<SortedMap<String, Double>> falling =
                IntStream.range(0, 10).mapToObj(window -> bring(cards(200), .2)).toList();
        List<SortedMap<String, Double>> growing =
                IntStream.range(0, 3).mapToObj(window -> bring(cards(200), .7)).toList();

        // Then
        assertThat(falling).allSatisfy(seen -> assertThat(seen).containsEntry("change-detected", 0.0));
        assertThat(growing)
                .anySatisfy(seen -> assertThat(seen.get("change.loss")).isPositive());
    }

    @Test
    void aResumedOneGoesOnAsAnUninterruptedOne() throws IOException {
        // Given
        IntStream.range(0, 5).forEach(window -> bring(cards(200), .3));
        bring(texts("trip", 8, 200), .3);
        ChangeDetection resumed = new ChangeDetection(WATCHED, saved(detection));
        Brought next = new Brought(List.of(.5, .4), texts("trip", 30, 200), List.copyOf(replay));

        // When
        SortedMap<String, Double> seen = resumed.observe(next);

        // Then
        assertThat(seen).isEqualTo(detection.observe(next)).containsEntry("replay-share", 0.25);
        assertThat(saved(resumed)).isEqualTo(saved(detection));
    }

    @Test
    void nothingIsWatchedUnlessItIsAskedFor() throws IOException {
        // Given
        ChangeDetection off = new ChangeDetection(Configs.learning(), JSON.createObjectNode());

        // When
        SortedMap<String, Double> seen = off.observe(new Brought(List.of(1.0), cards(10), cards(10)));

        // Then
        assertThat(seen).isEmpty();
        assertThat(saved(off)).isEmpty();
        assertThat(off.replayShare()).isEqualTo(0.5);
    }

    @Test
    void whoReplaysLessAnywayDoesNotReplayMoreAfterAChange() {
        // Given
        ChangeDetection little = new ChangeDetection(
                Configs.learning("change-detection", "adwin", "replay-share", "0.1"), JSON.createObjectNode());
        IntStream.range(0, 10).forEach(window -> little.observe(new Brought(List.of(), cards(200), List.of())));

        // When
        little.observe(new Brought(List.of(), texts("card", 40, 200), List.of()));

        // Then
        assertThat(little.replayShare()).isEqualTo(0.1);
    }

    @Test
    void signsOfScriptsWithoutSpacesAreWords() {
        // Given
        Words known = Words.of(List.of(Pairs.pair("1", "重置密码", "Reset it")));

        // When
        double unknown = known.unknown(Pairs.pair("2", "重置电话", "reset, now"));

        // Then of six words those are new that say telephone and now
        assertThat(unknown).isEqualTo(0.5);
    }

    private SortedMap<String, Double> bring(List<Pair> fresh, double missed) {
        List<Double> losses = IntStream.range(0, 30)
                .mapToObj(i -> random.nextDouble() < missed ? 1.0 : 0.0)
                .toList();
        SortedMap<String, Double> figures = detection.observe(new Brought(losses, fresh, List.copyOf(replay)));
        replay.addAll(fresh);
        Collections.shuffle(replay, random);
        return figures;
    }

    private List<Pair> cards(int count) {
        return texts("card", 8, count);
    }

    /** Of so many words each, of a hundred that belong to a topic. */
    private List<Pair> texts(String topic, int words, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Pairs.alone(
                        topic + i,
                        IntStream.range(0, words)
                                .mapToObj(word -> topic + random.nextInt(100))
                                .collect(Collectors.joining(" "))))
                .toList();
    }

    private static JsonNode saved(ChangeDetection detection) throws IOException {
        ObjectNode into = JSON.createObjectNode();
        detection.save(into);
        return JSON.readTree(JSON.writeValueAsString(into)).path("change");
    }
}
