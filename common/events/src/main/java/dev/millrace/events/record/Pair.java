package dev.millrace.events.record;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Two texts that belong together, the unit of training. Texts are stripped of surrounding white space.
 * The constructor throws {@link InvalidEventException} naming the first field out of bounds.
 *
 * @param id the producer's idempotency key and the record's Kafka key, 1..256 characters
 * @param anchor the text that asks, 1..131072 characters
 * @param positive the text that answers; empty for unsupervised training (two dropout views of the anchor)
 * @param negatives texts known not to answer, at most 64
 * @param label graded similarity of anchor and positive in [0, 1]
 * @param weight importance in the loss, in [{@link Limits#LEAST_WEIGHT}, {@link Limits#GREATEST_WEIGHT}]
 * @param group texts of one group are never each other's negatives
 * @param source who produced the pair
 * @param ts when the pair was observed
 */
public record Pair(
        String id,
        String anchor,
        Optional<String> positive,
        List<String> negatives,
        OptionalDouble label,
        double weight,
        Optional<String> group,
        String source,
        Instant ts)
        implements Event {
    /** The weight of a pair whose producer states none. */
    public static final double DEFAULT_WEIGHT = 1.0;

    /** The source of a pair whose producer states none. */
    public static final String UNKNOWN_SOURCE = "unknown";

    public Pair {
        Rule.ID.require("id", id);
        anchor = Rule.TEXT.require("anchor", anchor.strip());
        positive = positive.map(text -> Rule.TEXT.require("positive", text.strip()));
        negatives = stripped(Rule.NEGATIVES.require("negatives", negatives));
        label.ifPresent(value -> Rule.LABEL.require("label", value));
        Rule.WEIGHT.require("weight", weight);
        group.ifPresent(value -> Rule.ID.require("group", value));
        Rule.ID.require("source", source);
        Rule.TIME.require("ts", ts);
    }

    @Override
    public SortedMap<String, String> texts() {
        SortedMap<String, String> texts = new TreeMap<>();
        texts.put("anchor", anchor);
        positive.ifPresent(text -> texts.put("positive", text));
        IntStream.range(0, negatives.size()).forEach(i -> texts.put("negatives[" + i + "]", negatives.get(i)));
        return texts;
    }

    private static List<String> stripped(List<String> negatives) {
        return IntStream.range(0, negatives.size())
                .mapToObj(i -> Rule.TEXT.require(
                        "negatives[" + i + "]", negatives.get(i).strip()))
                .toList();
    }
}
