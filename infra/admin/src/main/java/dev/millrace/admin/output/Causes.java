package dev.millrace.admin.output;

import dev.millrace.checkpoints.transfer.UnknownVersionException;
import java.util.Optional;

/** A failure in one line. */
public final class Causes {
    private Causes() {}

    /**
     * Its message, and that of its cause where it says more: Kafka's clients name the reason there. Where a version is not
     * known, what may be wrong with its name.
     */
    public static String line(Throwable failure) {
        if (failure instanceof UnknownVersionException unknown) {
            return unknown.getMessage() + "; the whole name is needed, as ./millrace versions shows it";
        }
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
