package dev.millrace.checkpoints.version;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.checkpoints.bucket.FileEntry;
import java.util.SortedMap;
import java.util.TreeMap;

/** The one JSON form of a manifest, sealed by its own hash. */
public final class ManifestJson {
    private ManifestJson() {}

    public static byte[] write(final Manifest manifest) {
        final ObjectNode json = JsonFields.JSON.createObjectNode();
        json.put("schema", manifest.schema());
        json.put("version", manifest.version());
        manifest.parent().ifPresent(parent -> json.put("parent", parent));
        json.put("space", manifest.space());
        json.put("createdAt", manifest.createdAt().toString());
        write(manifest.records(), json.putObject("records"));
        manifest.topic().ifPresent(topic -> write(topic, json.putObject("topic")));
        final ObjectNode offsets = json.putObject("offsets");
        manifest.offsets().forEach(offsets::put);
        final ObjectNode evaluation = json.putObject("evaluation");
        manifest.evaluation().forEach(evaluation::put);
        manifest.decision().ifPresent(decision -> write(decision, json.putObject("decision")));
        final ObjectNode configuration = json.putObject("configuration");
        manifest.configuration().forEach(configuration::put);
        writeFiles(manifest, json.putObject("files"));
        return Seal.close(JsonFields.write(json));
    }

    private static void writeFiles(final Manifest manifest, final ObjectNode json) {
        manifest.files().forEach((path, entry) -> {
            final ObjectNode file =
                    json.putObject(path).put("sha256", entry.sha256()).put("size", entry.size());
            if (manifest.homes().containsKey(path)) {
                file.put("home", manifest.home(path));
            }
        });
    }

    public static void write(final TopicIdentity topic, final ObjectNode json) {
        json.put("name", topic.name()).put("id", topic.id()).put("partitions", topic.partitions());
    }

    public static void write(final Records records, final ObjectNode json) {
        json.put("trained", records.trained());
        json.put("heldOut", records.heldOut());
        json.put("duplicates", records.duplicates());
        json.put("setAside", records.setAside());
    }

    /** That it is trusted follows from the bounds, but not every reader should have to know how. */
    private static void write(final Decision decision, final ObjectNode json) {
        json.put("trusted", decision.trusted());
        final ObjectNode bounds = json.putObject("bounds");
        decision.bounds()
                .forEach((name, bound) ->
                        bounds.putObject(name).put("figure", bound.figure()).put("atMost", bound.atMost()));
    }

    /** Reads what the bucket holds for a version; anything that is not a manifest of that version is an alteration. */
    public static Manifest read(final String version, final byte[] json) {
        try {
            final Manifest manifest = read(JsonFields.parse(Seal.open(json)));
            if (!manifest.version().equals(version)) {
                throw new IllegalArgumentException("version: it is the manifest of another version");
            }
            return manifest;
        } catch (IllegalArgumentException e) {
            throw new AlteredVersionException(version, Layout.MANIFEST, e.getMessage());
        }
    }

    private static Manifest read(final JsonFields fields) {
        return new Manifest(
                fields.small("schema"),
                fields.text("version"),
                fields.optionalText("parent"),
                fields.text("space"),
                fields.map("files", (files, path) -> entry(files.object(path))),
                homes(fields),
                fields.optionalObject("topic").map(ManifestJson::topic),
                fields.map("offsets", JsonFields::whole),
                records(fields.object("records")),
                fields.map("evaluation", JsonFields::number),
                fields.optionalObject("decision").map(ManifestJson::decision),
                fields.instant("createdAt"),
                fields.map("configuration", JsonFields::text));
    }

    public static TopicIdentity topic(final JsonFields fields) {
        return new TopicIdentity(fields.text("name"), fields.text("id"), fields.small("partitions"));
    }

    private static Decision decision(final JsonFields fields) {
        return new Decision(fields.map("bounds", (bounds, name) -> bound(bounds.object(name))));
    }

    private static Bound bound(final JsonFields fields) {
        return new Bound(fields.number("figure"), fields.number("atMost"));
    }

    private static FileEntry entry(final JsonFields fields) {
        return new FileEntry(fields.text("sha256"), fields.whole("size"));
    }

    private static SortedMap<String, String> homes(final JsonFields fields) {
        final SortedMap<String, String> homes = new TreeMap<>();
        fields.map("files", (files, path) -> files.object(path).optionalText("home"))
                .forEach((path, home) -> home.ifPresent(version -> homes.put(path, version)));
        return homes;
    }

    public static Records records(final JsonFields fields) {
        return new Records(
                fields.whole("trained"), fields.whole("heldOut"), fields.whole("duplicates"), fields.whole("setAside"));
    }
}
