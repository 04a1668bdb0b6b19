package dev.millrace.trainer.learning.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.trainer.learning.Methods;
import dev.millrace.trainer.testing.Configs;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearningRateTest {
    private static final double RATE = 1e-3;

    /** Against transformers' schedules: {@code golden/schedules.py}. */
    @ParameterizedTest
    @ValueSource(strings = {"linear", "cosine"})
    void aScheduleIsTransformers(String schedule) throws IOException {
        // Given
        JsonNode golden = new ObjectMapper().readTree(getClass().getResourceAsStream("/golden/schedules.json"));
        LearningRate rate = Methods.learningRate(Configs.learning(
                "schedule", schedule,
                "learning-rate", golden.path("rate").asText(),
                "warmup-steps", golden.path("warmup").asText(),
                "schedule-steps", golden.path("steps").asText(),
                "schedule-floor", golden.path("floor").asText()));
        List<Double> expected = StreamSupport.stream(golden.path(schedule).spliterator(), false)
                .map(JsonNode::asDouble)
                .toList();

        // When
        List<Double> rates = IntStream.range(0, expected.size())
                .mapToObj(step -> rate.after(step))
                .toList();

        // Then
        assertThat(rates).hasSize(48).zipSatisfy(expected, (ours, theirs) -> assertThat(ours)
                .isCloseTo(theirs, within(1e-12)));
    }

    record Setting(String schedule, int warmup, int steps, double floor) {
        LearningRate rate() {
            return Methods.learningRate(Configs.learning(
                    "schedule", schedule,
                    "learning-rate", Double.toString(RATE),
                    "warmup-steps", Integer.toString(warmup),
                    "schedule-steps", Integer.toString(steps),
                    "schedule-floor", Double.toString(floor)));
        }
    }

    @Property(tries = 100)
    void itRisesToTheRateAndFallsNoLowerThanTheFloor(
            @ForAll("settings") Setting setting, @ForAll @IntRange(max = 400) int step) {
        // When
        double rate = setting.rate().after(step);

        // Then
        boolean warm = step >= setting.warmup();
        assertThat(rate).isLessThanOrEqualTo(RATE).isPositive();
        assertThat(rate).isGreaterThanOrEqualTo(warm ? setting.floor() * RATE * (1 - 1e-12) : 0);
    }

    @Property(tries = 100)
    void itNeverJumps(@ForAll("settings") Setting setting, @ForAll @IntRange(max = 400) int step) {
        // Given the steepest a schedule is: the warm-up's slope, or half a wave's in its middle
        double slope = Math.max(1.0 / (setting.warmup() + 1), Math.PI / 2 * (1 - setting.floor()) / setting.steps());
        LearningRate rate = setting.rate();

        // When
        double change = rate.after(step + 1) - rate.after(step);

        // Then
        assertThat(Math.abs(change)).isLessThanOrEqualTo(RATE * slope * (1 + 1e-9));
    }

    @Property(tries = 100)
    void itIsWholeWhenWarmAndStaysWhereItEnds(
            @ForAll("settings") Setting setting, @ForAll @IntRange(max = 1_000_000) int later) {
        // Given
        LearningRate rate = setting.rate();

        // When
        double end = rate.after((long) setting.warmup() + setting.steps() + later);

        // Then
        double floor = setting.schedule().equals("constant") ? 1 : setting.floor();
        assertThat(rate.after(setting.warmup())).isEqualTo(RATE);
        assertThat(end).isCloseTo(floor * RATE, within(1e-15));
    }

    @Provide
    static Arbitrary<Setting> settings() {
        return Combinators.combine(
                        Arbitraries.of("constant", "linear", "cosine"),
                        Arbitraries.integers().between(0, 100),
                        Arbitraries.integers().between(1, 200),
                        Arbitraries.doubles().between(0.000001, 1).ofScale(6))
                .as(Setting::new);
    }
}
