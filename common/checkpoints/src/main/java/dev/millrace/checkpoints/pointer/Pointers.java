package dev.millrace.checkpoints.pointer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.DecisiveWrite;
import dev.millrace.checkpoints.bucket.PreconditionFailedException;
import dev.millrace.checkpoints.bucket.Stored;
import dev.millrace.checkpoints.version.JsonFields;
import dev.millrace.checkpoints.version.Names;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The objects that move: read and compare-and-swap of `head.json` and the channels. */
public record Pointers(Bucket bucket, Clock clock) {
    private static final int SCHEMA = 1;

    public Optional<Pointer> read(final String key) {
        return bucket.get(key).map(stored -> parse(key, stored));
    }

    public Pointer move(final String key, final Optional<Pointer> expected, final Destination to) {
        final Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        final byte[] body = body(to, now);
        try {
            final String etag = expected.isPresent()
                    ? replace(key, expected.get().etag(), body)
                    : new DecisiveWrite(bucket).put(key, body, Condition.IF_ABSENT);
            return new Pointer(to.version(), etag, now, to.past(), to.hold());
        } catch (PreconditionFailedException lost) {
            throw new StalePointerException(key, read(key));
        }
    }

    private String replace(final String key, final String etag, final byte[] body) {
        return new MoveGuard(bucket)
                .replacing(key, etag, body, () -> new DecisiveWrite(bucket).put(key, body, Condition.ifMatch(etag)));
    }

    /** The nonce makes every move's body, and so its ETag, unique: moving back and forth never looks like not having moved. */
    private static byte[] body(final Destination to, final Instant now) {
        final ObjectNode json = JsonFields.JSON.createObjectNode();
        json.put("schema", SCHEMA);
        json.put("version", to.version());
        json.put("movedAt", now.toString());
        final ArrayNode past = json.putArray("past");
        to.past().forEach(past::add);
        to.hold().ifPresent(reason -> json.put("hold", reason));
        json.put("nonce", UUID.randomUUID().toString());
        return JsonFields.write(json);
    }

    private static Pointer parse(final String key, final Stored stored) {
        try {
            final JsonFields fields = JsonFields.parse(stored.body());
            if (fields.small("schema") != SCHEMA) {
                throw new IllegalArgumentException("schema: not " + SCHEMA);
            }
            final String version = Names.name("version", fields.text("version"));
            final List<String> past = fields.texts("past").stream()
                    .map(name -> Names.name("past", name))
                    .toList();
            return new Pointer(version, stored.etag(), fields.instant("movedAt"), past, fields.optionalText("hold"));
        } catch (IllegalArgumentException e) {
            throw new AlteredPointerException(key, e.getMessage());
        }
    }
}
