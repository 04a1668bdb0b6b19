package dev.millrace.bench.learning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.events.record.Pair;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** Pairs as producers would post them, out of a file of JSON lines: anchor, positive, group?, label?, ts?. */
public final class StreamPairs {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StreamPairs() {}

    static List<Pair> read(Path file) {
        List<Pair> pairs = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                pairs.add(pair(pairs.size(), JSON.readTree(line)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return pairs;
    }

    private static Pair pair(int line, JsonNode json) {
        return new Pair(
                "p" + line,
                json.path("anchor").asText(),
                text(json, "positive"),
                List.of(),
                json.path("label").isNumber()
                        ? OptionalDouble.of(json.path("label").asDouble())
                        : OptionalDouble.empty(),
                Pair.DEFAULT_WEIGHT,
                text(json, "group"),
                Pair.UNKNOWN_SOURCE,
                text(json, "ts").map(Instant::parse).orElse(Instant.EPOCH));
    }

    private static Optional<String> text(JsonNode json, String name) {
        return Optional.of(json.path(name).asText("")).filter(text -> !text.isBlank());
    }

    /** A share of the pairs keeps its anchors alone. */
    static List<Pair> unlabelled(List<Pair> pairs, double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return pairs.stream()
                .map(pair ->
                        random.nextDouble() < share ? of(pair.id(), pair, Optional.empty(), Optional.empty()) : pair)
                .toList();
    }

    /** Of a share of the pairs nobody says what group they are of: their paraphrases become false negatives. */
    static List<Pair> withheld(List<Pair> pairs, double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return pairs.stream()
                .map(pair ->
                        random.nextDouble() < share ? of(pair.id(), pair, pair.positive(), Optional.empty()) : pair)
                .toList();
    }

    /** The same under another id, so that it is no repeat. */
    static Pair renamed(Pair pair, String id) {
        return of(id, pair, pair.positive(), pair.group());
    }

    private static Pair of(String id, Pair pair, Optional<String> positive, Optional<String> group) {
        return new Pair(
                id,
                pair.anchor(),
                positive,
                pair.negatives(),
                pair.label(),
                pair.weight(),
                group,
                pair.source(),
                pair.ts());
    }

    /** The pairs in windows, the last as long as what is left. */
    public static List<List<Pair>> windows(List<Pair> pairs, int size) {
        List<List<Pair>> windows = new ArrayList<>();
        for (int from = 0; from < pairs.size(); from += size) {
            windows.add(pairs.subList(from, Math.min(pairs.size(), from + size)));
        }
        return windows;
    }
}
