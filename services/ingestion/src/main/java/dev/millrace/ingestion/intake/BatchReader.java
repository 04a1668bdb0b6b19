package dev.millrace.ingestion.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.topic.TopicLimits;
import dev.millrace.ingestion.intake.EventType.Prepared;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Takes a body apart and judges every item; sends nothing. */
public final class BatchReader {
    private final Bounds bounds;
    private final InstantSource clock;
    private final Supplier<TopicLimits> limits;

    /** {@code limits}: how large records the topics take, as newly as is known. */
    public BatchReader(Bounds bounds, InstantSource clock, Supplier<TopicLimits> limits) {
        this.bounds = bounds;
        this.clock = clock;
        this.limits = limits;
    }

    /**
     * How much of anything there may be.
     *
     * @param bytes of a body
     * @param items of a body
     * @param textChars UTF-16 units of a text
     */
    public record Bounds(int bytes, int items, int textChars) {}

    List<Prepared> read(EventType<?> type, byte[] body) {
        if (body.length > bounds.bytes()) {
            throw new RequestRefusedException.TooLarge(bounds.bytes());
        }
        final Instant now = clock.instant();
        final TopicLimits known = limits.get();
        return items(body).stream()
                .map(item -> type.prepare(item, now, known, bounds.textChars()))
                .toList();
    }

    private List<JsonNode> items(byte[] body) {
        final Decoded<List<JsonNode>> batch = EventJson.parseBatch(body, bounds.bytes(), bounds.items());
        if (batch instanceof Decoded.Invalid<List<JsonNode>> invalid) {
            throw new RequestRefusedException.Malformed("the body " + invalid.reason());
        }
        final List<JsonNode> items = ((Decoded.Valid<List<JsonNode>>) batch).event();
        if (items.isEmpty()) {
            throw new RequestRefusedException.Malformed("the body must have at least 1 item");
        }
        return items;
    }
}
