package dev.millrace.client.ingestion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.millrace.client.failure.UnreadableAnswerException;
import dev.millrace.client.http.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Items on their way to ingestion, and what is known of each so far. */
final class Batch {
    private static final Outcome OPEN = new Outcome.Unacknowledged("not sent");

    private final Sending sending;
    private final List<Outcome> outcomes;
    private boolean known;

    /** How items are sent. */
    @FunctionalInterface
    interface Sending {
        /** Sends those at these places. */
        Connection.Answer send(List<Integer> open) throws InterruptedException;
    }

    Batch(int items, Sending sending) {
        this.sending = sending;
        this.outcomes = new ArrayList<>(Collections.nCopies(items, OPEN));
    }

    /** Whether ingestion has said of any item what became of it. */
    boolean known() {
        return known;
    }

    Receipt receipt() {
        return new Receipt(outcomes);
    }

    /** Sends what is not acknowledged yet; throws while some of it stays so. */
    Receipt attempt(Connection connection) throws InterruptedException {
        final List<Integer> open = receipt().indexes(Outcome.Unacknowledged.class);
        final Connection.Answer answer = sending.send(open);
        take(answer, connection.parsed(answer).orElse(MissingNode.getInstance()), open);
        if (outcomes.stream().anyMatch(Outcome.Unacknowledged.class::isInstance)) {
            throw connection.problem(answer);
        }
        return receipt();
    }

    /** Notes the outcomes; they stand beside a problem, too, unless the body as a whole was refused. */
    private void take(Connection.Answer answer, JsonNode body, List<Integer> open) {
        final List<JsonNode> entries = new ArrayList<>();
        body.path("outcomes").forEach(entries::add);
        if (entries.isEmpty() && !answer.good()) {
            return;
        }
        final boolean whole = entries.size() == open.size()
                && IntStream.range(0, entries.size())
                        .allMatch(i -> entries.get(i).path("index").asInt(-1) == i);
        if (!whole) {
            throw new UnreadableAnswerException(answer.request(), "has other outcomes than items");
        }
        for (int i = 0; i < entries.size(); i++) {
            outcomes.set(open.get(i), outcome(entries.get(i)));
        }
        known = true;
    }

    private static Outcome outcome(JsonNode entry) {
        final String reason = entry.path("reason").asText();
        return switch (entry.path("status").asText()) {
            case "accepted" -> new Outcome.Accepted();
            case "refused" -> new Outcome.Refused(entry.path("field").asText(), reason);
            default -> new Outcome.Unacknowledged(reason);
        };
    }
}
