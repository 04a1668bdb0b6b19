package dev.millrace.events.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.events.record.CheckpointEvent;
import dev.millrace.events.record.Click;
import dev.millrace.events.record.DeadLetter;
import dev.millrace.events.record.Document;
import dev.millrace.events.record.Event;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.InvalidEventException;
import dev.millrace.events.record.Limits;
import dev.millrace.events.record.Pair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The one JSON form of the events. Reading never throws: whatever the bytes, the answer is the event or the field at
 * fault. Unknown fields are ignored. The field {@code schema} is written as 1; absent it means 1, any other is refused.
 * Instants are ISO-8601 strings. Optional fields that are empty are not written.
 */
public final class EventJson {
    /** The schema that is written, and the only one that is read. */
    public static final int SCHEMA = 1;

    private static final int BASE64_CHARS = 4;
    private static final int BASE64_BYTES = 3;

    private EventJson() {}

    /** Reads a pair's UTF-8 JSON; {@code negatives}, {@code weight} and {@code source} may be absent. */
    public static Decoded<Pair> readPair(byte[] json) {
        return read(json, Limits.VALUE_BYTES, fields -> EventReader.pair(fields, Optional.empty()));
    }

    /** Reads an impression's UTF-8 JSON. */
    public static Decoded<Impression> readImpression(byte[] json) {
        return read(json, Limits.VALUE_BYTES, fields -> EventReader.impression(fields, Optional.empty()));
    }

    /** Reads a click's UTF-8 JSON. */
    public static Decoded<Click> readClick(byte[] json) {
        return read(json, Limits.VALUE_BYTES, fields -> EventReader.click(fields, Optional.empty()));
    }

    /** Reads a document's UTF-8 JSON. */
    public static Decoded<Document> readDocument(byte[] json) {
        return read(json, Limits.VALUE_BYTES, fields -> EventReader.document(fields, Optional.empty()));
    }

    /** Reads a dead letter's UTF-8 JSON. */
    public static Decoded<DeadLetter> readDeadLetter(byte[] json) {
        return read(json, Limits.DEAD_LETTER_BYTES, EventReader::deadLetter);
    }

    /** Reads a checkpoint event's UTF-8 JSON. */
    public static Decoded<CheckpointEvent> readCheckpointEvent(byte[] json) {
        return read(json, Limits.VALUE_BYTES, EventReader::checkpointEvent);
    }

    /** Reads one pair of a parsed batch; {@code defaultTs} stands in for an absent {@code ts}. */
    public static Decoded<Pair> readPair(JsonNode node, Instant defaultTs) {
        return read(node, fields -> EventReader.pair(fields, Optional.of(defaultTs)));
    }

    /** Reads one impression of a parsed batch; {@code defaultTs} stands in for an absent {@code ts}. */
    public static Decoded<Impression> readImpression(JsonNode node, Instant defaultTs) {
        return read(node, fields -> EventReader.impression(fields, Optional.of(defaultTs)));
    }

    /** Reads one click of a parsed batch; {@code defaultTs} stands in for an absent {@code ts}. */
    public static Decoded<Click> readClick(JsonNode node, Instant defaultTs) {
        return read(node, fields -> EventReader.click(fields, Optional.of(defaultTs)));
    }

    /** Reads one document of a parsed batch; {@code defaultTs} stands in for an absent {@code ts}. */
    public static Decoded<Document> readDocument(JsonNode node, Instant defaultTs) {
        return read(node, fields -> EventReader.document(fields, Optional.of(defaultTs)));
    }

    /**
     * Refuses an event from the future, whose {@code ts} lies more than {@link Limits#AHEAD} after it arrived. Best judged by the
     * record's own time, so that reading it again on another day ends the same.
     */
    public static <T extends Event> Decoded<T> timely(Decoded<T> decoded, Instant arrived) {
        return decoded instanceof Decoded.Valid<T> valid && valid.event().ts().isAfter(arrived.plus(Limits.AHEAD))
                ? new Decoded.Invalid<>("ts", "must lie at most a day after the event arrived")
                : decoded;
    }

    /**
     * Parses UTF-8 JSON into a tree as strictly as events are read: one document, no field twice, nesting and size
     * bounded.
     *
     * @param maxBytes the largest document in bytes
     */
    public static Decoded<JsonNode> parse(byte[] json, int maxBytes) {
        return decode(() -> StrictJson.parse(json, maxBytes));
    }

    /**
     * Parses a batch as strictly as {@link #parse}: an array's items, or one document as the only item.
     *
     * @param maxBytes the largest document in bytes
     * @param maxItems the most items; one more and the rest is not read
     */
    public static Decoded<List<JsonNode>> parseBatch(byte[] json, int maxBytes, int maxItems) {
        return decode(() -> StrictJson.parseBatch(json, maxBytes, maxItems));
    }

    /** The UTF-8 JSON of a pair. Many long texts can exceed {@link Limits#VALUE_BYTES}, which readers refuse. */
    public static byte[] write(Pair pair) {
        final ObjectNode json = object().put("id", pair.id()).put("anchor", pair.anchor());
        pair.positive().ifPresent(positive -> json.put("positive", positive));
        final ArrayNode negatives = json.putArray("negatives");
        pair.negatives().forEach(negatives::add);
        pair.label().ifPresent(label -> json.put("label", label));
        json.put("weight", pair.weight());
        pair.group().ifPresent(group -> json.put("group", group));
        return StrictJson.write(
                json.put("source", pair.source()).put("ts", pair.ts().toString()));
    }

    /** The UTF-8 JSON of an impression. Many long texts can exceed {@link Limits#VALUE_BYTES}, which readers refuse. */
    public static byte[] write(Impression impression) {
        final ObjectNode json = object().put("id", impression.id()).put("query", impression.query());
        final ArrayNode results = json.putArray("results");
        for (Impression.Result result : impression.results()) {
            final ObjectNode entry = results.addObject()
                    .put("docId", result.docId())
                    .put("text", result.text())
                    .put("position", result.position());
            result.propensity().ifPresent(propensity -> entry.put("propensity", propensity));
        }
        return StrictJson.write(json.put("ts", impression.ts().toString()));
    }

    /** The UTF-8 JSON of a click. */
    public static byte[] write(Click click) {
        final ObjectNode json =
                object().put("impressionId", click.impressionId()).put("docId", click.docId());
        click.dwellMs().ifPresent(dwell -> json.put("dwellMs", dwell));
        return StrictJson.write(json.put("ts", click.ts().toString()));
    }

    /** The UTF-8 JSON of a document. */
    public static byte[] write(Document document) {
        return StrictJson.write(object().put("id", document.id())
                .put("text", document.text())
                .put("ts", document.ts().toString()));
    }

    /** The UTF-8 JSON of a dead letter. */
    public static byte[] write(DeadLetter letter) {
        final ObjectNode json = object().put("reason", letter.reason());
        letter.field().ifPresent(field -> json.put("field", field));
        json.put("topic", letter.topic()).put("partition", letter.partition()).put("offset", letter.offset());
        letter.key().ifPresent(key -> json.put("key", key));
        json.put("payload", letter.payload()).put("ts", letter.ts().toString());
        letter.whole().ifPresent(whole -> json.put("wholeBytes", whole.bytes()).put("wholeSha256", whole.sha256()));
        return StrictJson.write(json);
    }

    /**
     * The UTF-8 JSON of a dead letter in at most so many bytes, as its topic may take less than a letter can need: the value's end
     * is cut off and its length and digest are stated, then the reason's end. What names the place stays, however little the topic
     * takes; that is below 4 KiB.
     *
     * @param maxBytes the largest JSON in bytes
     */
    public static byte[] write(DeadLetter letter, int maxBytes) {
        final byte[] whole = write(letter);
        if (whole.length <= maxBytes) {
            return whole;
        }
        final DeadLetter bare = letter.cutTo(0);
        final int left = maxBytes - write(bare).length;
        return left >= 0 ? write(letter.cutTo(left / BASE64_CHARS * BASE64_BYTES)) : shortened(bare, maxBytes);
    }

    private static byte[] shortened(DeadLetter bare, int maxBytes) {
        String reason = bare.reason();
        byte[] json = write(bare);
        while (json.length > maxBytes && !reason.isEmpty()) {
            final int end = reason.length() / 2;
            reason = reason.substring(0, Character.isLowSurrogate(reason.charAt(end)) ? Math.max(0, end - 1) : end);
            json = write(bare.because(reason));
        }
        return json;
    }

    /** The UTF-8 JSON of a checkpoint event. */
    public static byte[] write(CheckpointEvent event) {
        return StrictJson.write(object().put("channel", event.channel())
                .put("version", event.version())
                .put("space", event.space())
                .put("ts", event.ts().toString()));
    }

    private static ObjectNode object() {
        return StrictJson.newObject().put("schema", SCHEMA);
    }

    private static <T> Decoded<T> read(byte[] json, int maxBytes, Function<Fields, T> reader) {
        return decode(() -> readTree(StrictJson.parse(json, maxBytes), reader));
    }

    private static <T> Decoded<T> read(JsonNode node, Function<Fields, T> reader) {
        return decode(() -> readTree(node, reader));
    }

    private static <T> T readTree(JsonNode node, Function<Fields, T> reader) {
        final Fields fields = new Fields(node);
        fields.schema(SCHEMA);
        return reader.apply(fields);
    }

    private static <T> Decoded<T> decode(Supplier<T> reading) {
        try {
            return new Decoded.Valid<>(reading.get());
        } catch (InvalidEventException e) {
            return new Decoded.Invalid<>(e.field(), e.reason());
        }
    }
}
