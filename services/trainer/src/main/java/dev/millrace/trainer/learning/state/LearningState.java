package dev.millrace.trainer.learning.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.events.json.Decoded;
import dev.millrace.events.json.EventJson;
import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.change.ChangeDetection;
import dev.millrace.trainer.learning.evaluate.Deficit;
import dev.millrace.trainer.learning.evaluate.GoldenTexts;
import dev.millrace.trainer.learning.settings.LearningConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that learning remembers besides weights and moments: replay, held-out pairs, documents, seen ids, golden texts,
 * counters.
 * Saved beside the weights, so that a trainer that starts from a version goes on as the one that wrote it would have.
 */
public final class LearningState {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REPLAY = "replay.jsonl";
    private static final String PLACES = "replay-places.json";
    private static final String FRESH = "held-out-fresh.jsonl";
    private static final String MEMORY = "held-out-memory.jsonl";
    private static final String GRADED = "held-out-graded.jsonl";
    private static final String TEXTS = "held-out-texts.jsonl";
    private static final String SEEN = "seen-ids.json";
    private static final String COUNTERS = "learning.json";

    public final Replay replay;
    public final HeldOut heldOut;
    public final SeenIds seen;
    public final GradientNorms norms;
    public final ChangeDetection changes;
    private long windows;
    private SortedMap<String, Deficit> deficits = new TreeMap<>();
    private GoldenTexts golden = GoldenTexts.NONE;
    private Groups groups = new Groups();
    private Optional<String> accepted = Optional.empty();
    private DocumentPool documents = new DocumentPool(0);

    private LearningState(Replay replay, HeldOut heldOut, SeenIds seen, JsonNode counters, LearningConfig config) {
        this.replay = replay;
        this.heldOut = heldOut;
        this.seen = seen;
        norms = new GradientNorms(
                config.explosionFactor(),
                config.clipNorm(),
                counters.at("/norms/steps").asLong(0),
                counters.at("/norms/mean").asDouble(0));
        changes = new ChangeDetection(config, counters.path("change"));
        windows = counters.path("windows").asLong(0);
        accepted = Optional.ofNullable(counters.path("accepted").textValue());
        counters.path("deficits")
                .properties()
                .forEach(slice -> deficits.put(slice.getKey(), JSON.convertValue(slice.getValue(), Deficit.class)));
    }

    /** Reads {@code training-state/} of a version; one without such files is a lineage's beginning. */
    public static LearningState load(Path folder, LearningConfig config) {
        JsonNode counters =
                Files.exists(folder.resolve(COUNTERS)) ? json(folder.resolve(COUNTERS)) : JSON.createObjectNode();
        long seed = config.seed();
        int capacity = config.heldOutCapacity();
        LearningState state = new LearningState(
                replay(folder, config, counters.path("replayed").asLong(0)),
                new HeldOut(
                        config.heldOutShare(),
                        capacity,
                        pairs(folder.resolve(FRESH)),
                        new HeldOut.Samples(
                                sample(capacity, seed + 1, folder.resolve(MEMORY), counters.path("remembered")),
                                sample(capacity, seed + 2, folder.resolve(GRADED), counters.path("graded")),
                                sample(capacity, seed + 3, folder.resolve(TEXTS), counters.path("texts")))),
                new SeenIds(config.seenIds(), ids(folder.resolve(SEEN))),
                counters,
                config);
        state.golden = GoldenTexts.read(folder);
        state.documents = DocumentPool.load(folder, config.miningDocuments());
        state.groups = Groups.read(folder, state.deficits);
        return state;
    }

    private static Replay replay(Path folder, LearningConfig config, long offered) {
        List<Pair> pairs = pairs(folder.resolve(REPLAY));
        return config.replay().equals(LearningConfig.STRATIFIED)
                ? new StratifiedReservoir(
                        config.replayCapacity(), config.seed(), pairs, places(folder, pairs.size()), offered)
                : new Reservoir(config.replayCapacity(), config.seed(), pairs, offered);
    }

    private static List<Long> places(Path folder, int pairs) {
        Path file = folder.resolve(PLACES);
        List<Long> places = Files.exists(file) ? List.of(JSON.convertValue(json(file), Long[].class)) : List.of();
        if (!places.isEmpty() && places.size() != pairs) {
            throw new IllegalStateException(PLACES + " holds " + places.size() + " places for " + pairs + " pairs");
        }
        return places;
    }

    private static Reservoir sample(int capacity, long seed, Path file, JsonNode offered) {
        return new Reservoir(capacity, seed, pairs(file), offered.asLong(0));
    }

    /** Windows in the lineage so far; also the source of every window's seed. */
    public long windows() {
        return windows;
    }

    public void windowDone() {
        windows++;
    }

    public Deficit deficit(String slice) {
        return deficits.getOrDefault(slice, Deficit.NONE);
    }

    public void deficits(SortedMap<String, Deficit> bySlice) {
        deficits = bySlice;
    }

    public DocumentPool documents() {
        return documents;
    }

    /** What is remembered of groups of held-out pairs. */
    public Groups groups() {
        return groups;
    }

    public GoldenTexts golden() {
        return golden;
    }

    public void golden(GoldenTexts seen) {
        golden = seen;
    }

    /** Any text of those that are remembered, another for each window; none where nothing is. */
    public Optional<String> remembered() {
        return Stream.of(replay, heldOut.memory(), heldOut.texts())
                .flatMap(sample -> sample.draw(1, new SplittableRandom(windows)).stream())
                .map(Pair::anchor)
                .findFirst();
    }

    /** Measures drift from the vectors of the version that is served, on its texts; one without leaves it as it is. */
    public void served(GoldenTexts seen) {
        if (!seen.texts().isEmpty()) {
            golden = seen;
        }
    }

    /**
     * A person serves a version that the gate did not trust: what it had lost is not held against later ones. Once for
     * each.
     */
    public void accepted(String version) {
        if (!accepted.equals(Optional.of(version))) {
            accepted = Optional.of(version);
            deficits = new TreeMap<>();
            groups.forgive();
        }
    }

    public void save(Path folder) {
        try {
            Files.createDirectories(folder);
            write(folder.resolve(REPLAY), replay.pairs());
            if (!replay.places().isEmpty()) {
                JSON.writeValue(folder.resolve(PLACES).toFile(), replay.places());
            }
            write(folder.resolve(FRESH), heldOut.fresh());
            write(folder.resolve(MEMORY), heldOut.memory().pairs());
            write(folder.resolve(GRADED), heldOut.graded().pairs());
            write(folder.resolve(TEXTS), heldOut.texts().pairs());
            JSON.writeValue(folder.resolve(SEEN).toFile(), seen.oldestFirst());
            JSON.writeValue(folder.resolve(GoldenTexts.FILE).toFile(), golden);
            documents.save(folder);
            groups.write(folder);
            JSON.writeValue(folder.resolve(COUNTERS).toFile(), counters());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An object node keeps its order, so that equal states are equal bytes in every process; Map.of does not. */
    private JsonNode counters() {
        ObjectNode counters = JSON.createObjectNode()
                .put("windows", windows)
                .put("replayed", replay.offered())
                .put("remembered", heldOut.memory().offered())
                .put("graded", heldOut.graded().offered())
                .put("texts", heldOut.texts().offered());
        counters.putObject("norms").put("steps", norms.steps()).put("mean", norms.mean());
        changes.save(counters);
        deficits.forEach(counters.putObject("deficits")::putPOJO);
        accepted.ifPresent(version -> counters.put("accepted", version));
        return counters;
    }

    private static void write(Path file, List<Pair> pairs) throws IOException {
        try (OutputStream out = new java.io.BufferedOutputStream(Files.newOutputStream(file))) {
            for (Pair pair : pairs) {
                out.write(EventJson.write(pair));
                out.write('\n');
            }
        }
    }

    private static List<Pair> pairs(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (var lines = Files.lines(file)) {
            return lines.map(line -> pair(file, line)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Pair pair(Path file, String line) {
        Decoded<Pair> decoded = EventJson.readPair(line.getBytes(StandardCharsets.UTF_8));
        if (decoded instanceof Decoded.Valid<Pair> valid) {
            return valid.event();
        }
        throw new IllegalStateException(file.getFileName() + " holds something else than pairs: " + decoded);
    }

    private static List<String> ids(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        return JSON.convertValue(json(file), new com.fasterxml.jackson.core.type.TypeReference<List<String>>() {});
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
