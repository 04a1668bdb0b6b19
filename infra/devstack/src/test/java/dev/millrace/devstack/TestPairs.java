package dev.millrace.devstack;

import dev.millrace.events.EventJson;
import dev.millrace.events.Pair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Pairs with something to learn from: a made-up word and what it is said to mean. */
final class TestPairs {
    private TestPairs() {}

    static Pair pair(String id) {
        return new Pair(
                id,
                "the meaning of " + id,
                Optional.of("what " + id + " stands for"),
                List.of(),
                OptionalDouble.empty(),
                1.0,
                Optional.empty(),
                "test",
                Instant.EPOCH);
    }

    static List<Pair> pairs(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> pair(prefix + "-" + number))
                .toList();
    }

    static String json(List<Pair> pairs) {
        return pairs.stream()
                .map(pair -> new String(EventJson.write(pair), java.nio.charset.StandardCharsets.UTF_8))
                .collect(java.util.stream.Collectors.joining(",", "[", "]"));
    }
}
