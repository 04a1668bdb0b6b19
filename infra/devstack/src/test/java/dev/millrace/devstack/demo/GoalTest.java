package dev.millrace.devstack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.devstack.demo.measure.HeldOutMeasure;
import dev.millrace.devstack.demo.measure.Quality;
import dev.millrace.devstack.demo.measure.VersionRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoalTest {
    private static final Goal GOAL = new Goal(0.05, 2);

    private static List<VersionRow> versions(double... hits) {
        return DoubleStream.of(hits)
                .mapToObj(hit -> new Quality(List.of(hit, hit, hit, hit, hit), 100))
                .map(quality -> new VersionRow(
                        "v000000-0badcafe", new HeldOutMeasure.Result(quality, Map.of("all", quality)), 0, 0))
                .toList();
    }

    @Test
    void isReachedByEnoughVersionsThatRoseEnough() {
        assertThat(GOAL.reached(List.of())).isFalse();
        assertThat(GOAL.reached(versions(.4, .5))).as("too few versions").isFalse();
        assertThat(GOAL.reached(versions(.4, .5, .44))).as("too little gained").isFalse();
        assertThat(GOAL.reached(versions(.4, .42, .46))).isTrue();
        assertThat(new Goal(0, 1).reached(versions(.4, .4)))
                .as("nothing gained")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true, 300", "false, 480"})
    void aRunThatHasNotReachedItGoesOnAWhile(boolean reached, int seconds) {
        // Given
        RunPlan.Limit limit = new RunPlan.Limit(Duration.ofMinutes(5), Duration.ofMinutes(3));

        // When
        Duration end = limit.end(reached);

        // Then
        assertThat(end).hasSeconds(seconds);
    }
}
