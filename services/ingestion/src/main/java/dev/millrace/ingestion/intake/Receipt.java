package dev.millrace.ingestion.intake;

import java.util.List;

/** The outcomes of a request, in the order of its items. */
public record Receipt(List<Outcome> outcomes) {
    public Receipt {
        outcomes = List.copyOf(outcomes);
    }

    public int accepted() {
        return count(Outcome.Accepted.class);
    }

    public int refused() {
        return count(Outcome.Refused.class) + tooLarge();
    }

    /** Those of the refused that are larger than may be. */
    public int tooLarge() {
        return count(Outcome.TooLarge.class);
    }

    public int unacknowledged() {
        return count(Outcome.Unacknowledged.class);
    }

    private int count(Class<? extends Outcome> kind) {
        return (int) outcomes.stream().filter(kind::isInstance).count();
    }

    /** What became of one item. */
    public sealed interface Outcome {

        /** Durable on the broker. */
        record Accepted(String id) implements Outcome {}

        /** Malformed, never sent. */
        record Refused(String field, String reason) implements Outcome {}

        /** Larger than an event or its topic's records may be, which no waiting changes. */
        record TooLarge(String id, String reason) implements Outcome {}

        /** Sent, and not known to be durable; to be posted again. */
        record Unacknowledged(String id, String reason) implements Outcome {}
    }
}
