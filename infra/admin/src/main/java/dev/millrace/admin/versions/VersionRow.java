package dev.millrace.admin.versions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.admin.output.Json;
import dev.millrace.checkpoints.bucket.FileEntry;
import dev.millrace.checkpoints.version.Decision;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A version as an operator sees it.
 *
 * @param manifest what it is
 * @param missing files that are not in the bucket
 * @param pointers head and channels, of those that point to it
 * @param ledger what it keeps of what was learned; empty where it was not asked for, or there is none
 */
record VersionRow(Manifest manifest, List<String> missing, List<PointerHere> pointers, Optional<VersionLedger> ledger) {
    private static final String FORMAT = "%-16s  %-20s  %8s  %8s  %8s  %9s  %6s  %-7s  %s";
    static final String TITLES = FORMAT.formatted(
            "version", "created", "trained", "held out", "repeats", "set aside", "hit@1", "files", "standing");

    /** Head or a channel, and why it is held there if it is. */
    record PointerHere(String name, Optional<String> hold) {
        @Override
        public String toString() {
            return name + hold.map(reason -> " (held: " + reason + ")").orElse("");
        }
    }

    String line() {
        Records records = manifest.records();
        List<String> standing =
                new ArrayList<>(pointers.stream().map(PointerHere::toString).toList());
        manifest.decision().ifPresent(decision -> standing.add(verdict(decision)));
        return FORMAT.formatted(
                        manifest.version(),
                        manifest.createdAt().toString().replaceFirst("\\.\\d+Z$", "Z"),
                        records.trained(),
                        records.heldOut(),
                        records.duplicates(),
                        records.setAside(),
                        figure("hit@1"),
                        files(),
                        String.join("; ", standing))
                .stripTrailing();
    }

    /** Everything, a line each. */
    List<String> details() {
        List<String> lines = new ArrayList<>();
        Records records = manifest.records();
        lines.add("version        " + manifest.version());
        lines.add("parent         " + manifest.parent().orElse("none: it is the base"));
        lines.add("created        " + manifest.createdAt());
        lines.add("space          " + manifest.space());
        pointers.forEach(pointer -> lines.add("stands here    " + pointer));
        lines.add(
                "decision       " + manifest.decision().map(VersionRow::verdict).orElse("none: nobody decided"));
        manifest.decision().ifPresent(decision -> decision.bounds()
                .forEach((name, bound) -> lines.add(String.format(
                        Locale.ROOT, "  %-24s %10.4f, at most %.4f", name, bound.figure(), bound.atMost()))));
        lines.add("records        " + records.trained() + " trained, " + records.heldOut() + " held out, "
                + records.duplicates() + " repeats, " + records.setAside() + " set aside");
        manifest.topic()
                .ifPresent(topic -> lines.add("learned from   " + topic.name() + ", id " + topic.id() + ", "
                        + topic.partitions() + " partitions"));
        lines.add("learned up to");
        manifest.offsets().forEach((partition, offset) -> lines.add("  %-24s %10d".formatted(partition, offset)));
        lines.add("evaluation");
        manifest.evaluation()
                .forEach((name, value) -> lines.add(String.format(Locale.ROOT, "  %-24s %10.4f", name, value)));
        ledger.ifPresent(kept -> lines.addAll(kept.lines()));
        lines.add("configuration");
        manifest.configuration().forEach((key, value) -> lines.add("  %-24s %10s".formatted(key, value)));
        lines.add("files          " + files() + ", " + bytes() + " bytes when whole");
        manifest.files()
                .forEach((path, entry) -> lines.add(
                        "  %-40s %12d %s%s".formatted(path, entry.size(), entry.sha256(), whereabouts(path))));
        return lines;
    }

    private String whereabouts(String path) {
        String place = manifest.homes().containsKey(path) ? " lies with " + manifest.home(path) : "";
        return missing.contains(path) ? place + " MISSING" : place;
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("version", manifest.version());
        manifest.parent().ifPresent(parent -> json.put("parent", parent));
        json.put("createdAt", manifest.createdAt().toString()).put("space", manifest.space());
        ArrayNode standing = json.putArray("standing");
        pointers.forEach(pointer -> {
            ObjectNode entry = standing.addObject().put("name", pointer.name());
            pointer.hold().ifPresent(reason -> entry.put("hold", reason));
        });
        Json.put(json.putObject("records"), manifest.records());
        manifest.topic().ifPresent(topic -> Json.put(json.putObject("topic"), topic));
        ObjectNode offsets = json.putObject("offsets");
        manifest.offsets().forEach(offsets::put);
        ObjectNode evaluation = json.putObject("evaluation");
        manifest.evaluation().forEach(evaluation::put);
        manifest.decision().ifPresent(decision -> put(json.putObject("decision"), decision));
        ledger.ifPresent(kept -> json.set("ledger", kept.json()));
        ObjectNode configuration = json.putObject("configuration");
        manifest.configuration().forEach(configuration::put);
        json.putObject("files")
                .put("state", files())
                .put("count", manifest.files().size())
                .put("bytes", bytes());
        return json;
    }

    private static void put(ObjectNode json, Decision decision) {
        json.put("trusted", decision.trusted());
        ArrayNode broken = json.putArray("broken");
        decision.broken().forEach(broken::add);
        ObjectNode bounds = json.putObject("bounds");
        decision.bounds()
                .forEach((name, bound) ->
                        bounds.putObject(name).put("figure", bound.figure()).put("atMost", bound.atMost()));
    }

    private static String verdict(Decision decision) {
        return decision.trusted() ? "trusted" : "not promoted: " + String.join(", ", decision.broken());
    }

    /** Of one that nothing points to, some may still be there, as younger versions refer to them. */
    private String files() {
        if (missing.isEmpty()) {
            return "kept";
        }
        return pointers.isEmpty() ? "dropped" : "torn";
    }

    private long bytes() {
        return manifest.files().values().stream().mapToLong(FileEntry::size).sum();
    }

    private String figure(String name) {
        return Optional.ofNullable(manifest.evaluation().get(name))
                .map(value -> String.format(Locale.ROOT, "%.4f", value))
                .orElse("-");
    }
}
