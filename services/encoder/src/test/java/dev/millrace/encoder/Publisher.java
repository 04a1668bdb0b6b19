package dev.millrace.encoder;

import dev.millrace.checkpoints.channel.Channel;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.checkpoints.version.VersionName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a trainer does to the bucket, with weights that are one word. */
final class Publisher {
    static final String SPACE = "space-of-tests";

    private final CheckpointStore store;
    private int sequence;

    Publisher(CheckpointStore store) {
        this.store = store;
    }

    /** Publishes a version and moves the channel to it. */
    String move(String channel, String weights) {
        final String version = publish(weights);
        point(channel, version);
        return version;
    }

    void point(String channel, String version) {
        new Channel(store, channel).promote(version);
    }

    String publish(String weights) {
        return publish(weights, Map.of());
    }

    String publish(String weights, Map<String, String> more) {
        try {
            final Path folder = Files.createTempDirectory("published");
            Files.writeString(folder.resolve(FakeModels.WEIGHTS), weights);
            Files.createDirectories(folder.resolve("training-state"));
            Files.writeString(folder.resolve("training-state/moments"), "heavy");
            for (Map.Entry<String, String> file : more.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
            final String version = new VersionName(sequence++, "%08x".formatted(weights.hashCode())).toString();
            store.publish(draft(version), folder);
            discard(folder);
            return version;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void discard(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    static Draft draft(String version) {
        return new Draft(
                version,
                Optional.empty(),
                SPACE,
                Optional.empty(),
                new TreeMap<>(),
                new Records(0, 0, 0, 0),
                new TreeMap<>(),
                Optional.empty(),
                new TreeMap<>());
    }
}
