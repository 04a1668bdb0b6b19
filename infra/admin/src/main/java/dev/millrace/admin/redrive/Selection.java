package dev.millrace.admin.redrive;

import dev.millrace.events.record.DeadLetter;
import java.time.Instant;
import java.util.Optional;

/**
 * Which dead letters are meant.
 *
 * @param kind of records of this topic
 * @param reason whose field and reason contain this text; empty: whatever the reason
 * @param since set aside then or later; empty: whenever
 * @param limit how many at most, of those that were not put back before; 1 or more
 */
public record Selection(EventKind kind, Optional<String> reason, Optional<Instant> since, long limit) {

    boolean names(DeadLetter letter, String topic) {
        return letter.topic().equals(topic)
                && reason.filter(text -> !Selection.reason(letter).contains(text))
                        .isEmpty()
                && since.filter(instant -> letter.ts().isBefore(instant)).isEmpty();
    }

    /** Why it was set aside, the field at fault first. */
    static String reason(DeadLetter letter) {
        return letter.field().map(field -> field + " ").orElse("") + letter.reason();
    }
}
