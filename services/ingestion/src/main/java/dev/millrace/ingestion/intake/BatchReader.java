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
    private final int maxBytes;
    private final int maxItems;
    private final InstantSource clock;
    private final Supplier<TopicLimits> limits;

    /** {@code limits}: how large records the topics take, as newly as is known. */
    public BatchReader(int maxBytes, int maxItems, InstantSource clock, Supplier<TopicLimits> limits) {
        this.maxBytes = maxBytes;
        this.maxItems = maxItems;
        this.clock = clock;
        this.limits = limits;
    }

    List<Prepared> read(EventType<?> type, byte[] body) {
        if (body.length > maxBytes) {
            throw new RequestRefusedException.TooLarge(maxBytes);
        }
        final Instant now = clock.instant();
        final TopicLimits known = limits.get();
        return items(body).stream().map(item -> type.prepare(item, now, known)).toList();
    }

    private List<JsonNode> items(byte[] body) {
        final Decoded<List<JsonNode>> batch = EventJson.parseBatch(body, maxBytes, maxItems);
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
