package dev.millrace.devstack.demo.measure;

import dev.millrace.devstack.demo.data.Example;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The held-out set as it is asked: every query ranks all candidates.
 *
 * @param candidates distinct documents
 * @param queries those asked, a subset of the held-out examples spread over their whole list
 */
public record Questions(List<String> candidates, List<Example> queries, Relevance relevance) {

    /** Asks at most {@code most} of the examples; all of them give candidates. */
    public static Questions of(List<Example> heldOut, int most) {
        Set<String> candidates = new LinkedHashSet<>();
        heldOut.forEach(example -> candidates.add(example.document()));
        int asked = Math.min(most, heldOut.size());
        List<Example> queries = IntStream.range(0, asked)
                .mapToObj(i -> heldOut.get((int) ((long) i * heldOut.size() / asked)))
                .toList();
        return new Questions(List.copyOf(candidates), queries, Relevance.of(heldOut));
    }

    public List<String> queryTexts() {
        return queries.stream().map(Example::query).toList();
    }

    /** A candidate that repeats the query says nothing about the encoder. */
    boolean counts(String candidate, Example query) {
        return !candidate.equals(query.query()) || candidate.equals(query.document());
    }
}
