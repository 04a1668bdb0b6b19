package dev.millrace.devstack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.devstack.demo.stack.PairsLog;
import dev.millrace.devstack.demo.traffic.Freshness;
import dev.millrace.devstack.demo.traffic.Percentiles;
import dev.millrace.devstack.demo.traffic.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Percentiles, reloads, freshness and the end of a run: everything the demo says about time. */
class TimesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static Instant at(double seconds) {
        return START.plusMillis((long) (1000 * seconds));
    }

    @Test
    void aPercentileIsAValueThatOccurred() {
        // Given
        Percentiles percentiles = new Percentiles(
                IntStream.rangeClosed(1, 20).mapToObj(i -> (double) (21 - i)).toList());

        // When
        List<OptionalDouble> values = List.of(percentiles.at(0.5), percentiles.at(0.95), percentiles.at(1));

        // Then
        assertThat(values).containsExactly(OptionalDouble.of(10), OptionalDouble.of(19), OptionalDouble.of(20));
        assertThat(new Percentiles(List.of()).at(0.5)).isEmpty();
    }

    @Test
    void aReloadTakesTheSlowerOfTheLastAnswerBeforeAndTheFirstAfter() {
        // Given
        Timeline timeline = new Timeline();
        timeline.answered("v0", at(0), Duration.ofMillis(900));
        timeline.answered("v0", at(1), Duration.ofMillis(10));
        timeline.answered("v1", at(2), Duration.ofMillis(40));
        timeline.answered("v1", at(3), Duration.ofMillis(70));

        // When
        timeline.answered("v2", at(4), Duration.ofMillis(20));

        // Then
        assertThat(timeline.served())
                .containsExactly(
                        new Timeline.Served("v0", at(0), Optional.empty()),
                        new Timeline.Served("v1", at(2), Optional.of(Duration.ofMillis(40))),
                        new Timeline.Served("v2", at(4), Optional.of(Duration.ofMillis(70))));
        assertThat(timeline.reloadMillis().at(1)).hasValue(70);
    }

    @Test
    void aPairIsFreshWithTheFirstServedVersionWhoseOffsetsAreBeyondIt() {
        // Given: the first pair lies before v1's offset, the second exactly at it, the third was never seen in the
        // topic
        Map<String, PairsLog.Place> places =
                Map.of("a", new PairsLog.Place("pairs-0", 4), "b", new PairsLog.Place("pairs-0", 5));
        List<Freshness.Learned> versions = List.of(
                new Freshness.Learned(at(0), Map.of()),
                new Freshness.Learned(at(10), Map.of("pairs-0", 5L)),
                new Freshness.Learned(at(20), Map.of("pairs-0", 6L)));
        List<Freshness.Mark> marks =
                List.of(new Freshness.Mark("a", at(2)), new Freshness.Mark("b", at(3)), new Freshness.Mark("c", at(4)));

        // When
        Freshness.Result result = Freshness.of(marks, log(places), versions);

        // Then
        assertThat(result.seconds().sorted()).containsExactly(8.0, 17.0);
        assertThat(result.unserved()).isEqualTo(1);
    }

    @Test
    void aRunIsSettledWhenNothingMovedForAWhile() {
        // Given
        Settling settling = new Settling(Duration.ofSeconds(6));
        Settling.State waiting = new Settling.State(1, "v1", "v1");
        Settling.State done = new Settling.State(0, "v2", "v2");

        // When
        List<Boolean> settled = List.of(
                settling.settled(waiting, at(0)),
                settling.settled(waiting, at(10)),
                settling.settled(done, at(11)),
                settling.settled(done, at(16)),
                settling.settled(done, at(17)));

        // Then
        assertThat(settled).containsExactly(false, false, false, false, true);
    }

    private static PairsLog log(Map<String, PairsLog.Place> places) {
        return new PairsLog() {
            @Override
            public long beyond(Map<String, Long> learned) {
                return 0;
            }

            @Override
            public Optional<Place> place(String id) {
                return Optional.ofNullable(places.get(id));
            }

            @Override
            public void close() {}
        };
    }
}
