package dev.millrace.devstack.demo.data;

import dev.millrace.checkpoints.bucket.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts examples into those asked and those posted. A query is held out by a hash of its text, so the choice depends neither on
 * the order of the lines nor on what else is in the file.
 *
 * @param share of the different queries that is held out
 * @param most held out however many there are
 */
record HeldOutSplit(double share, int most, long seed) {

    /**
     * The two parts.
     *
     * @param mentions how many were left out of both because they contain a held-out query
     */
    record Parts(List<Example> stream, List<Example> heldOut, int mentions) {}

    Parts cut(List<Example> examples) {
        Set<String> seen = new HashSet<>();
        List<Example> queries = examples.stream()
                .filter(example -> seen.add(example.query()))
                .sorted(Comparator.comparing(example -> hash(example.query())))
                .toList();
        List<Example> heldOut = queries.subList(0, (int) Math.min(most, Math.floor(share * queries.size())));
        Set<String> asked = new HashSet<>();
        heldOut.forEach(example -> asked.add(example.query()));
        List<Example> stream = examples.stream()
                .filter(example -> !asked.contains(example.query()) && !asked.contains(example.document()))
                .toList();
        return new Parts(stream, heldOut, examples.size() - stream.size() - heldOut.size());
    }

    private String hash(String text) {
        return Digests.hex((seed + text).getBytes(StandardCharsets.UTF_8));
    }
}
