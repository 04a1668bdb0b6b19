package dev.millrace.service.range;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.math.BigDecimal;
import java.util.Optional;

/** {@link Within} of numbers, compared as they are written: .1 lies in 0.1 .. 1. */
public final class NumberWithin implements ConstraintValidator<Within, Number> {
    private Ends<BigDecimal> ends = new Ends<>(BigDecimal.ZERO, BigDecimal.ZERO);

    @Override
    public void initialize(Within range) {
        ends = Ends.of(range.value(), BigDecimal::new);
    }

    @Override
    public boolean isValid(Number value, ConstraintValidatorContext context) {
        return Optional.ofNullable(value)
                .map(number ->
                        Double.isFinite(number.doubleValue()) && ends.hold(new BigDecimal(String.valueOf(number))))
                .orElse(true);
    }
}
