package dev.millrace.events.record;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a searcher was shown. Texts are stripped of surrounding white space.
 * The constructor throws {@link InvalidEventException} naming the first field out of bounds.
 *
 * @param id joins the impression with its clicks and is the record's Kafka key, 1..256 characters
 * @param query the searcher's words, 1..131072 characters
 * @param results what was shown, 1..200 entries
 * @param ts when it was shown
 */
public record Impression(String id, String query, List<Result> results, Instant ts) implements Event {
    public Impression {
        Rule.ID.require("id", id);
        query = Rule.TEXT.require("query", query.strip());
        results = List.copyOf(Rule.RESULTS.require("results", results));
        Rule.TIME.require("ts", ts);
    }

    @Override
    public SortedMap<String, String> texts() {
        SortedMap<String, String> texts = new TreeMap<>();
        texts.put("query", query);
        IntStream.range(0, results.size())
                .forEach(
                        i -> texts.put("results[" + i + "].text", results.get(i).text()));
        return texts;
    }

    /**
     * One entry of the list that was shown.
     * The constructor throws {@link InvalidEventException} naming the first field out of bounds.
     *
     * @param docId the document, as clicks name it, 1..256 characters
     * @param text what the searcher read, 1..131072 characters
     * @param position place on the screen, from 1
     * @param propensity chance in (0, 1] that a searcher looks at this place, where the producer knows it
     */
    public record Result(String docId, String text, int position, OptionalDouble propensity) {
        public Result {
            Rule.ID.require("docId", docId);
            text = Rule.TEXT.require("text", text.strip());
            Rule.POSITION.require("position", position);
            propensity.ifPresent(value -> Rule.PROPENSITY.require("propensity", value));
        }
    }
}
