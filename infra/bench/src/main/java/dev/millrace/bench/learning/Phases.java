package dev.millrace.bench.learning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.events.record.Pair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A stream whose topics come one after the other, and what of each is held out.
 *
 * @param learned pairs of each phase, in order of arrival
 * @param heldOut pairs of each phase that are only asked about; no text of theirs is learned as an anchor
 */
public record Phases(List<List<Pair>> learned, List<List<Pair>> heldOut) {
    private static final double HELD_OUT = 0.1;
    private static final String FILE = "phases.json";

    /**
     * By {@code phases.json} beside the pairs, which lists each phase's groups; else by time, in equal parts.
     *
     * @param limit of pairs learned, of each phase as large a share; what is held out is that of all pairs
     */
    public static Phases read(Path folder, int parts, int limit, long seed) {
        List<Pair> pairs = StreamPairs.read(folder.resolve("pairs.jsonl"));
        Path file = folder.resolve(FILE);
        Phases all = of(Files.isRegularFile(file) ? byGroup(pairs, file) : byTime(pairs, parts), seed);
        double share = Math.min(1, (double) limit / all.stream().size());
        return new Phases(
                all.learned.stream()
                        .map(phase -> phase.subList(0, (int) Math.round(share * phase.size())))
                        .toList(),
                all.heldOut);
    }

    private static List<List<Pair>> byGroup(List<Pair> pairs, Path file) {
        List<List<Pair>> phases = new ArrayList<>();
        Map<String, Integer> phaseOf = new HashMap<>();
        try {
            for (JsonNode groups : new ObjectMapper().readTree(file.toFile()).path("phases")) {
                groups.forEach(group -> phaseOf.put(group.asText(), phases.size()));
                phases.add(new ArrayList<>());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        for (Pair pair : pairs) {
            pair.group().filter(phaseOf::containsKey).ifPresent(group -> phases.get(phaseOf.get(group))
                    .add(pair));
        }
        return phases;
    }

    private static List<List<Pair>> byTime(List<Pair> pairs, int parts) {
        List<Pair> sorted =
                pairs.stream().sorted(Comparator.comparing(Pair::ts)).toList();
        return IntStream.range(0, parts)
                .mapToObj(part -> sorted.subList(sorted.size() * part / parts, sorted.size() * (part + 1) / parts))
                .toList();
    }

    private static Phases of(List<List<Pair>> phases, long seed) {
        Random random = new Random(seed);
        List<List<Pair>> learned = new ArrayList<>();
        List<List<Pair>> heldOut = new ArrayList<>();
        Set<String> asked = new HashSet<>();
        for (List<Pair> phase : phases) {
            List<Pair> shuffled = new ArrayList<>(phase);
            Collections.shuffle(shuffled, random);
            List<Pair> held = shuffled.subList(0, (int) (HELD_OUT * shuffled.size()));
            held.forEach(pair -> texts(pair).forEach(asked::add));
            heldOut.add(List.copyOf(held));
        }
        for (List<Pair> phase : phases) {
            learned.add(phase.stream()
                    .filter(pair -> texts(pair).noneMatch(asked::contains))
                    .toList());
        }
        return new Phases(learned, heldOut);
    }

    private static Stream<String> texts(Pair pair) {
        return Stream.concat(Stream.of(pair.anchor()), pair.positive().stream());
    }

    /** All of the stream, in order of arrival. */
    public List<Pair> stream() {
        return learned.stream().flatMap(List::stream).toList();
    }

    /** All of it at once and again and again, as training offline has it: {@code epochs} times, shuffled each time. */
    public List<Pair> shuffled(int epochs, long seed) {
        List<Pair> all = new ArrayList<>();
        Random random = new Random(seed);
        for (int epoch = 0; epoch < epochs; epoch++) {
            List<Pair> shuffled = new ArrayList<>(stream());
            Collections.shuffle(shuffled, random);
            int number = epoch;
            shuffled.forEach(pair -> all.add(StreamPairs.renamed(pair, pair.id() + "-" + number)));
        }
        return all;
    }
}
