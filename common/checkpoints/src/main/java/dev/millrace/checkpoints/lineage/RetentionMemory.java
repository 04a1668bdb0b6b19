package dev.millrace.checkpoints.lineage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.PreconditionFailedException;
import dev.millrace.checkpoints.bucket.Stored;
import dev.millrace.checkpoints.version.JsonFields;
import dev.millrace.checkpoints.version.Layout;
import dev.millrace.checkpoints.version.Names;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one retention leaves to the next, `retention.json`, so that it need not look at every version ever published. Nothing
 * depends on it: without it everything is looked at.
 *
 * @param withFiles versions that are kept, and those in whose folders files are left
 * @param neededAt when a pointer was last seen to need a version, of those for which that was not long ago
 * @param nextStretch which stretch of old versions is looked at next, for what no retention saw
 * @param etag of what was read; empty where there was nothing
 */
record RetentionMemory(
        Set<String> withFiles, SortedMap<String, Instant> neededAt, int nextStretch, Optional<String> etag) {
    private static final int SCHEMA = 1;
    private static final String NEEDED_AT = "neededAt";
    private static final System.Logger LOG = System.getLogger(RetentionMemory.class.getName());

    /** Empty where there is none, or it cannot be understood. */
    static Optional<RetentionMemory> read(final Bucket bucket) {
        return bucket.get(Layout.RETENTION).flatMap(RetentionMemory::parse);
    }

    private static Optional<RetentionMemory> parse(final Stored stored) {
        try {
            final JsonFields fields = JsonFields.parse(stored.body());
            if (fields.small("schema") != SCHEMA) {
                throw new IllegalArgumentException("schema: not " + SCHEMA);
            }
            final Set<String> withFiles = new TreeSet<>();
            fields.texts("withFiles").forEach(name -> withFiles.add(Names.name("withFiles", name)));
            return Optional.of(new RetentionMemory(
                    withFiles, neededAt(fields), Math.max(0, fields.small("nextStretch")), Optional.of(stored.etag())));
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.WARNING, Layout.RETENTION + " is made anew: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static SortedMap<String, Instant> neededAt(final JsonFields fields) {
        return fields.optionalObject(NEEDED_AT).isEmpty()
                ? new TreeMap<>()
                : fields.map(NEEDED_AT, (needed, name) -> needed.instant(Names.name(NEEDED_AT, name)));
    }

    /** In place of what was read; one that a rival wrote meanwhile stands, as it saw as much. */
    void write(final Bucket bucket) {
        final ObjectNode json = JsonFields.JSON.createObjectNode();
        json.put("schema", SCHEMA);
        final ArrayNode names = json.putArray("withFiles");
        withFiles.forEach(names::add);
        final ObjectNode needed = json.putObject(NEEDED_AT);
        neededAt.forEach((version, at) -> needed.put(version, at.toString()));
        json.put("nextStretch", nextStretch);
        try {
            bucket.put(
                    Layout.RETENTION,
                    JsonFields.write(json),
                    etag.map(Condition::ifMatch).orElse(Condition.ALWAYS));
        } catch (PreconditionFailedException rival) {
            LOG.log(System.Logger.Level.DEBUG, "another retention was at work", rival);
        }
    }
}
