package dev.millrace.service.range;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WithinTest {
    private static final ValidatorFactory FACTORY = Validation.buildDefaultValidatorFactory();

    private final Validator validator = FACTORY.getValidator();

    @AfterAll
    static void close() {
        FACTORY.close();
    }

    record Settings(int whole, double share, Duration time, Optional<@Within("-1 .. 1") Double> margin) {
        @Within("2 .. 65536")
        public int getWhole() {
            return whole;
        }

        @Within("0.1 .. 0.95")
        public double getShare() {
            return share;
        }

        @Within("100 ms .. 24 h")
        public Duration getTime() {
            return time;
        }
    }

    record Mistaken(int value) {
        @Within("2 to 5")
        public int getValue() {
            return value;
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 0.1, PT0.1S, -1", "65536, 0.95, PT24H, 1", "7, 0.5, PT1M, 0"})
    void bothEndsAreIn(int whole, double share, Duration time, double margin) {
        // Given
        Settings settings = new Settings(whole, share, time, Optional.of(margin));

        // When
        List<String> refused = refusals(settings);

        // Then
        assertThat(refused).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1|0.5|PT1M|0|must lie in 2 .. 65536 and is 1",
                "65537|0.5|PT1M|0|must lie in 2 .. 65536 and is 65537",
                "2|0.09999|PT1M|0|must lie in 0.1 .. 0.95 and is 0.09999",
                "2|NaN|PT1M|0|must lie in 0.1 .. 0.95 and is NaN",
                "2|-Infinity|PT1M|0|must lie in 0.1 .. 0.95 and is -Infinity",
                "2|0.5|PT0.099S|0|must lie in 100 ms .. 24 h and is PT0.099S",
                "2|0.5|PT24H0.001S|0|must lie in 100 ms .. 24 h and is PT24H0.001S",
                "2|0.5|PT1M|1.5|must lie in -1 .. 1 and is 1.5"
            })
    void whatLiesOutsideIsToldWithTheRange(int whole, double share, Duration time, double margin, String refusal) {
        // Given
        Settings settings = new Settings(whole, share, time, Optional.of(margin));

        // When
        List<String> refused = refusals(settings);

        // Then
        assertThat(refused).containsExactly(refusal);
    }

    @Test
    void whatIsNotThereIsNotRefused() {
        // Given
        Settings settings = new Settings(2, 0.5, Duration.ofMinutes(1), Optional.empty());

        // When
        List<String> refused = refusals(settings);

        // Then
        assertThat(refused).isEmpty();
    }

    @Test
    void aRangeThatIsNoneIsAMistake() {
        assertThatThrownBy(() -> refusals(new Mistaken(3))).hasStackTraceContaining("\"2 to 5\" is no range");
    }

    private List<String> refusals(Object settings) {
        return validator.validate(settings).stream()
                .map(ConstraintViolation::getMessage)
                .toList();
    }
}
