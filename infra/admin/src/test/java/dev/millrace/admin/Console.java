package dev.millrace.admin;

import dev.millrace.admin.connection.Environment;
import dev.millrace.checkpoints.bucket.Bucket;
import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.checkpoints.version.VersionName;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine;

/** An operator's terminal: a bucket and a broker in memory, named by the environment, and what a command printed. */
public final class Console {
    public static final String BASE = "v000000-00000000";
    public static final String FIRST = "v000001-00000001";
    public static final String SECOND = "v000002-00000002";

    public final Map<String, String> environment = new HashMap<>(Map.of(
            "MILLRACE_S3_ENDPOINT", "http://127.0.0.1:9000",
            "MILLRACE_S3_ACCESS_KEY", "key",
            "MILLRACE_S3_SECRET_KEY", "secret",
            "MILLRACE_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092"));
    public final Path folder;
    public final Bucket bucket;
    public final CheckpointStore store;
    public final FakeBroker broker;
    private boolean recordsTopics = true;
    private String out = "";
    private String err = "";

    /** With a base and nothing else. */
    public Console(Path folder) {
        this.folder = folder;
        bucket = new InMemoryBucket(clock());
        store = new CheckpointStore(bucket, clock());
        broker = new FakeBroker(bucket);
        publish(BASE, Optional.empty(), 0);
    }

    private static Clock clock() {
        return Clock.fixed(Instant.parse("2026-05-01T10:00:00Z"), ZoneOffset.UTC);
    }

    /** A base and two versions, each of one record that nobody posted; the head is at the second. */
    public static Console withVersions(Path folder) {
        Console console = new Console(folder);
        console.learn();
        return console;
    }

    /** As {@link #withVersions}, but no manifest says which topic it was learned from. */
    public static Console withVersionsOfAnOlderMillrace(Path folder) {
        Console console = new Console(folder);
        console.recordsTopics = false;
        console.learn();
        return console;
    }

    private void learn() {
        publish(FIRST, Optional.of(BASE), 1);
        publish(SECOND, Optional.of(FIRST), 2);
    }

    /** Grows to the version of this number, of one record each; returns its name. */
    public String growTo(int sequence) {
        for (int i = 3; i <= sequence; i++) {
            publish(name(i), Optional.of(i == 3 ? SECOND : name(i - 1)), i);
        }
        return name(sequence);
    }

    /** What {@link #growTo} calls the version of this number. */
    public static String name(int sequence) {
        return new VersionName(sequence, "0000000a").toString();
    }

    /** Publishes a version of one record that ends at the offset, and moves the head to it. */
    public Manifest publish(String version, Optional<String> parent, long offset) {
        Path files = folder.resolve("files-" + version);
        try {
            Files.createDirectories(files);
            Files.writeString(files.resolve("config.json"), "{}");
            Files.writeString(files.resolve("model.safetensors"), "weights up to " + offset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Manifest manifest = store.publish(
                new Draft(
                        version,
                        parent,
                        "space-1",
                        offset == 0 || !recordsTopics ? Optional.empty() : Optional.of(broker.identity("pairs")),
                        new TreeMap<>(offset == 0 ? Map.of() : Map.of("pairs-0", offset)),
                        new Records(offset == 0 ? 0 : 1, 0, 0, 0),
                        new TreeMap<>(Map.of("hit@1", 0.25 * offset)),
                        Optional.empty(),
                        new TreeMap<>()),
                files);
        store.moveHead(store.head(), version);
        store.summarize(version);
        return manifest;
    }

    /** Runs a command; returns its exit code. */
    public int run(String... arguments) {
        StringWriter printed = new StringWriter();
        StringWriter complained = new StringWriter();
        CommandLine line =
                Admin.commandLine(new Environment(environment, folder.resolve("endpoints.json"), broker, clock()));
        line.setOut(new PrintWriter(printed, true));
        line.setErr(new PrintWriter(complained, true));
        int code = line.execute(arguments);
        out = printed.toString();
        err = complained.toString();
        return code;
    }

    public String out() {
        return out;
    }

    public String err() {
        return err;
    }
}
