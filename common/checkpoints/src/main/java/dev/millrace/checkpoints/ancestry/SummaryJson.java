package dev.millrace.checkpoints.ancestry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.checkpoints.version.JsonFields;
import dev.millrace.checkpoints.version.ManifestJson;
import dev.millrace.checkpoints.version.Seal;
import java.util.Arrays;
import java.util.Optional;

/** The one JSON form of a summary, sealed by its own hash as manifests are. There are no fractions in it, so it prints alike everywhere. */
final class SummaryJson {
    private static final int SCHEMA = 1;

    private SummaryJson() {}

    static byte[] write(final Summary summary) {
        final ObjectNode json = JsonFields.JSON.createObjectNode();
        json.put("schema", SCHEMA);
        json.put("version", summary.version());
        json.put("manifestSha256", summary.manifestSha256());
        json.put("number", summary.number());
        final ArrayNode topics = json.putArray("topics");
        summary.totals().topics().forEach(run -> write(run, topics.addObject()));
        summary.before().ifPresent(link -> write(link, json.putObject("before")));
        summary.far().ifPresent(link -> write(link, json.putObject("far")));
        return Seal.close(JsonFields.write(json));
    }

    private static void write(final TopicRun run, final ObjectNode json) {
        run.topic().ifPresent(topic -> ManifestJson.write(topic, json.putObject("topic")));
        json.put("versions", run.versions());
        ManifestJson.write(run.records(), json.putObject("records"));
    }

    private static void write(final SummaryLink link, final ObjectNode json) {
        json.put("version", link.version()).put("number", link.number()).put("sha256", link.sha256());
    }

    /** Reads what the bucket holds as a version's summary; anything else is an IllegalArgumentException that says what is wrong. */
    static Summary read(final String version, final byte[] sealed) {
        final Summary summary = read(JsonFields.parse(Seal.open(sealed)));
        if (!summary.version().equals(version)) {
            throw new IllegalArgumentException("version: it is the summary of another version");
        }
        if (!Arrays.equals(write(summary), sealed)) {
            throw new IllegalArgumentException("the whole: is not printed as summaries are");
        }
        return summary;
    }

    private static Summary read(final JsonFields fields) {
        if (fields.small("schema") != SCHEMA) {
            throw new IllegalArgumentException("schema: not " + SCHEMA);
        }
        return new Summary(
                fields.text("version"),
                fields.text("manifestSha256"),
                fields.small("number"),
                new Totals(
                        fields.objects("topics").stream().map(SummaryJson::run).toList()),
                link(fields, "before"),
                link(fields, "far"));
    }

    private static TopicRun run(final JsonFields fields) {
        return new TopicRun(
                fields.optionalObject("topic").map(ManifestJson::topic),
                fields.whole("versions"),
                ManifestJson.records(fields.object("records")));
    }

    private static Optional<SummaryLink> link(final JsonFields fields, final String field) {
        return fields.optionalObject(field)
                .map(link -> new SummaryLink(link.text("version"), link.small("number"), link.text("sha256")));
    }
}
