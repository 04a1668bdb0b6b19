package dev.millrace.service.range;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** {@link Within} of times. */
public final class DurationWithin implements ConstraintValidator<Within, Duration> {
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "min", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS);

    private Ends<Duration> ends = new Ends<>(Duration.ZERO, Duration.ZERO);

    @Override
    public void initialize(Within range) {
        ends = Ends.of(range.value(), DurationWithin::duration);
    }

    @Override
    public boolean isValid(Duration value, ConstraintValidatorContext context) {
        return Optional.ofNullable(value).map(ends::hold).orElse(true);
    }

    private static Duration duration(String end) {
        if (end.equals("0")) {
            return Duration.ZERO;
        }
        String[] parts = end.split(" ", -1);
        return Optional.of(parts)
                .filter(two -> two.length == 2)
                .map(two -> UNITS.get(two[1]))
                .map(unit -> Duration.of(Long.parseLong(parts[0]), unit))
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + end + "\" is no time: a number and one of " + UNITS.keySet()));
    }
}
