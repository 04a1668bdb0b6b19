package dev.millrace.admin.output;

import java.util.Optional;

/** A failure in one line. */
public final class Causes {
    private Causes() {}

    /** Its message, and that of its cause where it says more: Kafka's clients name the reason there. */
    public static String line(Throwable failure) {
        String message = Optional.ofNullable(failure.getMessage())
                .orElseGet(() -> failure.getClass().getSimpleName());
        String cause = Optional.ofNullable(failure.getCause())
                .map(Throwable::getMessage)
                .filter(text -> !message.contains(text))
                .map(text -> ": " + text)
                .orElse("");
        return (message + cause).lines().findFirst().orElse("");
    }
}
