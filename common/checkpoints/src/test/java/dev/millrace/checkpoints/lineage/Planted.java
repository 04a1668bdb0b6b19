package dev.millrace.checkpoints.lineage;

import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.Condition;
import dev.millrace.checkpoints.bucket.Digests;
import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.ManifestJson;
import dev.millrace.checkpoints.version.VersionName;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Versions of one file, put into a bucket as they lie there. */
final class Planted {
    static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    private Planted() {}

    static void plant(final Bucket bucket, final int sequence, final int parent) {
        plant(bucket, name(sequence), parent < sequence ? Optional.of(name(parent)) : Optional.empty());
    }

    static void plant(final Bucket bucket, final String version, final Optional<String> parent) {
        final byte[] model = "model".getBytes(StandardCharsets.UTF_8);
        final Draft draft = parent.map(name -> Drafts.child(version, name)).orElseGet(() -> Drafts.base(version));
        final Map<String, FileEntry> files = Map.of("model", new FileEntry(Digests.hex(model), model.length));
        bucket.put("versions/" + version + "/model", model, Condition.ALWAYS);
        bucket.put(
                "versions/" + version + "/manifest.json",
                ManifestJson.write(Manifest.of(draft, new TreeMap<>(files), new TreeMap<>(), NOW)),
                Condition.ALWAYS);
    }

    static String name(final int sequence) {
        return new VersionName(sequence, "00000000").toString();
    }

    static Clock at(final Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }
}
