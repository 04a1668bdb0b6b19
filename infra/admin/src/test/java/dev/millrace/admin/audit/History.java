package dev.millrace.admin.audit;

import dev.millrace.checkpoints.bucket.InMemoryBucket;
import dev.millrace.checkpoints.lineage.CheckpointStore;
import dev.millrace.checkpoints.pointer.Pointer;
import dev.millrace.checkpoints.version.Draft;
import dev.millrace.checkpoints.version.Manifest;
import dev.millrace.checkpoints.version.Records;
import dev.millrace.checkpoints.version.VersionName;
import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Pair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A lineage grown as trainers grow one: windows of a topic's records, each counted into a version. The seed decides all. */
final class History {
    static final int PARTITIONS = 3;
    /** A horizon that nothing here outgrows. */
    static final int WIDE = 100_000;

    final InMemoryBucket bucket = new InMemoryBucket(Clock.systemUTC());
    final CheckpointStore store = new CheckpointStore(bucket, Clock.systemUTC());
    final FakeTopic topic = new FakeTopic(PARTITIONS);
    private final Path files = folder();
    private final Random random;
    private final int horizon;
    private final Set<String> seen = new LinkedHashSet<>();
    private Optional<Pointer> head = Optional.empty();
    private SortedMap<String, Long> offsets = new TreeMap<>();
    private Records sum = Records.NONE;
    private int ids;
    private int unlearnable;
    private boolean recordsTopics = true;

    /** With a base and nothing else. */
    History(long seed, int horizon) {
        random = new Random(seed);
        this.horizon = horizon;
        publish(Records.NONE);
    }

    /** With a base, and a hundred records to learn. */
    static History grown() {
        History history = new History(7, WIDE);
        history.post(100);
        return history;
    }

    /** As an older Millrace wrote it: manifests do not say which topic they were learned from. */
    History withoutTopics() {
        recordsTopics = false;
        return this;
    }

    History withTopics() {
        recordsTopics = true;
        return this;
    }

    /** A person accepts the topic that is there now from its beginning. */
    Manifest accept() {
        offsets = new TreeMap<>();
        return publish(Records.NONE);
    }

    /** Posts to all partitions: new pairs, repeats, garbage; some behind a gap. */
    void post(int records) {
        for (int i = 0; i < records; i++) {
            int kind = random.nextInt(10);
            byte[] value = kind == 0 ? FakeTopic.garbage() : FakeTopic.pair(kind < 3 ? anyId() : "id-" + ids++);
            topic.post(random.nextInt(PARTITIONS), value, random.nextInt(8) == 0 ? 1 : 0);
        }
    }

    private String anyId() {
        return "id-" + random.nextInt(Math.max(1, ids));
    }

    /** Learns at most so many records, but for some valid pairs, of which the model makes no vector. */
    Manifest learnBut(int oneIn, int size) {
        unlearnable = oneIn;
        Manifest learned = learn(size);
        unlearnable = 0;
        return learned;
    }

    /** Learns at most so many records, of all partitions in turns of random length. */
    Manifest learn(int size) {
        List<byte[]> window = new ArrayList<>();
        boolean more = true;
        while (more && window.size() < size) {
            more = false;
            for (int partition :
                    random.ints(0, PARTITIONS).limit(PARTITIONS * 4L).toArray()) {
                more |= take(partition, Math.min(size - window.size(), 1 + random.nextInt(4)), window);
            }
        }
        return publish(count(window));
    }

    private boolean take(int partition, int count, List<byte[]> window) {
        String name = FakeTopic.partition(partition).toString();
        Map<Long, byte[]> rest = topic.records(partition).tailMap(offsets.getOrDefault(name, 0L));
        List<Long> taken = rest.keySet().stream().limit(count).toList();
        taken.forEach(offset -> {
            window.add(rest.get(offset));
            offsets.put(name, offset + 1);
        });
        return !taken.isEmpty();
    }

    /** Sets aside what it learns next, as a window that diverged. */
    Manifest diverge(int size) {
        Set<String> before = new LinkedHashSet<>(seen);
        List<byte[]> window = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            take(partition, size, window);
        }
        seen.clear();
        seen.addAll(before);
        return publish(new Records(0, 0, 0, window.size()));
    }

    /** Learns so many records and says nothing of them. */
    Manifest passOver(int size) {
        List<byte[]> window = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            take(partition, size - window.size(), window);
        }
        return publish(Records.NONE);
    }

    private Records count(List<byte[]> window) {
        Records records = Records.NONE;
        for (byte[] value : window) {
            records = records.plus(fate(value));
        }
        return records;
    }

    private Records fate(byte[] value) {
        if (!(EventJson.readPair(value) instanceof Decoded.Valid<Pair> pair)) {
            return new Records(0, 0, 0, 1);
        }
        if (unlearnable > 0 && random.nextInt(unlearnable) == 0) {
            return new Records(0, 0, 0, 1);
        }
        boolean isNew = seen.add(pair.event().id());
        Iterator<String> oldest = seen.iterator();
        while (seen.size() > horizon) {
            oldest.next();
            oldest.remove();
        }
        boolean heldOut = random.nextInt(10) == 0;
        return new Records(isNew && !heldOut ? 1 : 0, isNew && heldOut ? 1 : 0, isNew ? 0 : 1, 0);
    }

    private Manifest publish(Records records) {
        Optional<String> parent = head.map(Pointer::version);
        long sequence = parent.flatMap(VersionName::parse)
                .map(name -> name.sequence() + 1)
                .orElse(0L);
        Manifest manifest = store.publish(
                new Draft(
                        new VersionName(sequence, "%08x".formatted(random.nextInt())).toString(),
                        parent,
                        "space",
                        recordsTopics ? Optional.of(topic.identity()) : Optional.empty(),
                        new TreeMap<>(offsets),
                        records,
                        new TreeMap<>(Map.of("hit@1", 0.5)),
                        Optional.empty(),
                        new TreeMap<>(Map.of(Audit.HORIZON, Integer.toString(horizon)))),
                trained(sequence));
        head = Optional.of(store.moveHead(head, manifest.version()));
        store.summarize(manifest.version());
        sum = sum.plus(records);
        return manifest;
    }

    Records sum() {
        return sum;
    }

    AuditReport audit() {
        return audit(AuditScope.EVERYTHING);
    }

    AuditReport audit(AuditScope scope) {
        return new Audit(store).run(Optional.of(topic.open()), scope);
    }

    /** The configuration stays as it is, weights and moments do not. */
    private Path trained(long sequence) {
        try {
            Files.writeString(files.resolve("config.json"), "{}");
            Files.writeString(files.resolve("model.safetensors"), "weights" + sequence);
            Files.writeString(files.resolve("moments.bin"), "moments" + sequence);
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("history");
            folder.toFile().deleteOnExit();
            for (String file : List.of("config.json", "model.safetensors", "moments.bin")) {
                folder.resolve(file).toFile().deleteOnExit();
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
