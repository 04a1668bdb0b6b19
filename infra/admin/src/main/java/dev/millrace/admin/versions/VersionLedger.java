package dev.millrace.admin.versions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.version.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What a version keeps of what was learned, group by group.
 *
 * @param json as the trainer wrote it; what was forgotten most comes first
 */
record VersionLedger(JsonNode json) {
    private static final String FILE = "ledger.json";
    private static final int SHOWN = 10;
    private static final String FORMAT = "  %-24s %6s  %10s  %12s  %6s  %6s  %10s  %9s";

    /** Empty for a version that has none, or whose files are gone. */
    static Optional<VersionLedger> of(CheckpointStore store, Manifest manifest, List<String> missing) {
        if (!manifest.files().containsKey(FILE) || missing.contains(FILE)) {
            return Optional.empty();
        }
        try {
            Path folder = Files.createTempDirectory("millrace-ledger-");
            try {
                store.download(manifest.version(), folder, FILE::equals);
                return Optional.of(new VersionLedger(
                        new ObjectMapper().readTree(folder.resolve(FILE).toFile())));
            } finally {
                Files.deleteIfExists(folder.resolve(FILE));
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The groups that forgot most, and what all others come to. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("ledger");
        lines.add(
                FORMAT.formatted("group", "pairs", "learned in", "when learned", "best", "now", "forgetting", "since"));
        JsonNode groups = json.path("groups");
        StreamSupport.stream(groups.spliterator(), false)
                .limit(SHOWN)
                .forEach(group -> lines.add(line(group.path("group").asText(), group)));
        if (groups.size() > SHOWN) {
            lines.add("  and " + (groups.size() - SHOWN) + " more groups: --json");
        }
        if (json.at("/others/pairs").asInt() > 0) {
            lines.add(line("(all others)", json.path("others")));
        }
        return lines;
    }

    private static String line(String name, JsonNode group) {
        return FORMAT.formatted(
                name,
                group.path("pairs").asInt(),
                group.path("learnedIn").asLong(),
                share(group, "whenLearned"),
                share(group, "best"),
                share(group, "now"),
                share(group, "forgetting"),
                share(group, "backwardTransfer"));
    }

    private static String share(JsonNode group, String figure) {
        return String.format(Locale.ROOT, "%.4f", group.path(figure).asDouble());
    }
}
