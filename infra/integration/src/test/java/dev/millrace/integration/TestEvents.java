package dev.millrace.integration;

import dev.millrace.events.record.Click;
import dev.millrace.events.record.Impression;
import dev.millrace.events.record.Pair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Events with something to learn from: made-up words and what they are said to mean. */
final class TestEvents {
    private TestEvents() {}

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
                Instant.now());
    }

    static List<Pair> pairs(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> pair(prefix + "-" + number))
                .toList();
    }

    /** A list of two results of which {@link #clicks} takes the second. */
    static List<Impression> impressions(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> prefix + "-" + number)
                .map(id -> new Impression(
                        id,
                        "searching for " + id,
                        List.of(result("passed-over", id, 1), result("wanted", id, 2)),
                        Instant.now()))
                .toList();
    }

    private static Impression.Result result(String document, String id, int position) {
        return new Impression.Result(document, "the " + document + " text of " + id, position, OptionalDouble.empty());
    }

    static List<Click> clicks(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new Click(prefix + "-" + number, "wanted", OptionalLong.empty(), Instant.now()))
                .toList();
    }
}
