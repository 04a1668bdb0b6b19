package dev.millrace.service.range;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A setting's range, both ends in it, as a README writes it: {@code "2 .. 65536"}, {@code "0.001 .. 10"}, {@code "100 ms .. 24 h"}. Of
 * whole numbers, of numbers that are finite, and of times; a value outside is refused with the range and itself.
 */
@Documented
@Constraint(validatedBy = {NumberWithin.class, DurationWithin.class})
@Target({ElementType.METHOD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Within {
    /** The two ends with {@code " .. "} between; of times in {@code ms}, {@code s}, {@code min} or {@code h}. */
    String value();

    /** What a refusal says behind the key. */
    String message() default "must lie in {value} and is ${validatedValue}";

    /** As every constraint has them. */
    Class<?>[] groups() default {};

    /** As every constraint has it. */
    Class<? extends Payload>[] payload() default {};
}
