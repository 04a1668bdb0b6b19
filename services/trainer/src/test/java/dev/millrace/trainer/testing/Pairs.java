package dev.millrace.trainer.testing;

import dev.millrace.events.record.Pair;
import dev.millrace.trainer.learning.state.HeldOut;
import dev.millrace.trainer.learning.state.Reservoir;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;

/** Pairs for tests. */
public final class Pairs {
    /** Different meanings in {@link #lesson}. */
    public static final int CONCEPTS = 24;

    /** Words that mean nothing in {@link #lesson}. */
    public static final int FILLERS = 16;

    private Pairs() {}

    public static Pair pair(String id, String anchor, String positive) {
        return full(id, anchor, Optional.of(positive), OptionalDouble.empty(), Optional.empty());
    }

    public static Pair alone(String id, String anchor) {
        return full(id, anchor, Optional.empty(), OptionalDouble.empty(), Optional.empty());
    }

    public static Pair alone(String id, String anchor, String group) {
        return full(id, anchor, Optional.empty(), OptionalDouble.empty(), Optional.of(group));
    }

    public static Pair grouped(String id, String anchor, String positive, String group) {
        return full(id, anchor, Optional.of(positive), OptionalDouble.empty(), Optional.of(group));
    }

    public static Pair graded(String id, String anchor, String positive, double label) {
        return full(id, anchor, Optional.of(positive), OptionalDouble.of(label), Optional.empty());
    }

    /** A pair of texts that do not belong together, which {@link Workshop#EAGER} trains on and does not hold out. */
    public static Pair trained(String id, String anchor) {
        Reservoir none = new Reservoir(0, 1, List.of(), 0);
        HeldOut held = new HeldOut(Workshop.EAGER.heldOutShare(), 1, List.of(), new HeldOut.Samples(none, none, none));
        return IntStream.range(0, CONCEPTS)
                .mapToObj(concept -> graded(id, anchor, "d" + concept, 0))
                .filter(pair -> !held.claims(pair))
                .findFirst()
                .orElseThrow();
    }

    /** Pairs 0..n-1 whose texts are all different. */
    public static List<Pair> different(int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> pair("id" + i, "q" + i, "d" + i))
                .toList();
    }

    /**
     * Something that can be learned and measured: {@code q7} and {@code d7} mean the same, every text has two words
     * without meaning, and no pair of texts comes twice.
     */
    public static List<Pair> lesson(int from, int to) {
        return IntStream.range(from, to).mapToObj(Pairs::sentence).toList();
    }

    private static Pair sentence(int i) {
        Random random = new Random(i);
        int concept = random.nextInt(CONCEPTS);
        return grouped(
                "lesson-" + i,
                "q%d %s %s".formatted(concept, filler(random), filler(random)),
                "d%d %s %s".formatted(concept, filler(random), filler(random)),
                "concept-" + concept);
    }

    private static String filler(Random random) {
        return "n" + random.nextInt(FILLERS);
    }

    private static Pair full(
            String id, String anchor, Optional<String> positive, OptionalDouble label, Optional<String> group) {
        return new Pair(
                id, anchor, positive, List.of(), label, 1, group, "test", Instant.parse("2026-01-01T00:00:00Z"));
    }

    /** A pair that says when it was observed. */
    public static Pair at(String id, Instant ts) {
        return new Pair(
                id,
                "q " + id,
                Optional.of("d " + id),
                List.of(),
                OptionalDouble.empty(),
                1,
                Optional.empty(),
                "test",
                ts);
    }
}
