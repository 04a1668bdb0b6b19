package dev.millrace.evaluate.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model came to on the data.
 *
 * @param model its name
 * @param figures by name, in the order in which they are told; one that has no value is absent
 * @param counts of retrieval: for how many queries the first right answer came at place 1, 2, .. and, last, not among them; else empty
 * @param refused texts that the model has no vector for
 * @param seconds that encoding and comparing took
 */
public record Result(String model, Map<String, Double> figures, List<Integer> counts, int refused, double seconds) {
    /** Copies both, and keeps their order. */
    public Result {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        counts = List.copyOf(counts);
    }
}
