package dev.millrace.checkpoints.lineage;

import dev.millrace.checkpoints.version.Bound;
import dev.millrace.checkpoints.version.Decision;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.checkpoints.version.TopicIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Small versions to publish. */
public final class Drafts {
    static final Records RECORDS = new Records(100, 5, 3, 1);

    private Drafts() {}

    public static Draft base(final String version) {
        return draft(version, Optional.empty(), Optional.empty());
    }

    public static Draft child(final String version, final String parent) {
        return draft(version, Optional.of(parent), Optional.empty());
    }

    /** {@code v1}, child of {@code v0}, whose offsets belong to the topic. */
    public static Draft of(final TopicIdentity topic) {
        return draft("v1", Optional.of("v0"), Optional.of(topic));
    }

    private static Draft draft(
            final String version, final Optional<String> parent, final Optional<TopicIdentity> topic) {
        return new Draft(
                version,
                parent,
                "space-1",
                topic,
                new TreeMap<>(Map.of("pairs-0", 42L, "pairs-1", 0L)),
                RECORDS,
                new TreeMap<>(Map.of("recall@10", 0.75, "tiny", 1.0e-9)),
                Optional.of(new Decision(new TreeMap<>(Map.of("drift", new Bound(0.25, 0.5))))),
                new TreeMap<>(Map.of("millrace.trainer.seed", "7")));
    }

    /** A folder in the layout of a version, its bytes drawn from the seed. */
    public static Path folder(final Path parent, final int seed) throws IOException {
        final Path folder = Files.createTempDirectory(parent, "model");
        Files.createDirectories(folder.resolve("1_Pooling"));
        Files.createDirectories(folder.resolve("training-state"));
        Files.write(folder.resolve("model.safetensors"), random(100_000, seed));
        Files.writeString(folder.resolve("config.json"), "{\"seed\":" + seed + "}", StandardCharsets.UTF_8);
        Files.writeString(folder.resolve("1_Pooling/config.json"), "{}", StandardCharsets.UTF_8);
        Files.write(folder.resolve("training-state/moments.bin"), random(1000, seed + 1));
        Files.write(folder.resolve("training-state/empty"), new byte[0]);
        return folder;
    }

    private static byte[] random(final int size, final int seed) {
        final byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
