package dev.millrace.client.ingestion;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What became of a batch.
 *
 * @param outcomes one for each item, in the items' order
 */
public record Receipt(List<Outcome> outcomes) {
    public Receipt {
        outcomes = List.copyOf(outcomes);
    }

    /** Whether every item is durable. */
    public boolean complete() {
        return accepted() == outcomes.size();
    }

    /** How many items are durable. */
    public int accepted() {
        return indexes(Outcome.Accepted.class).size();
    }

    /** The places, from 0, of the items that this became of. */
    public List<Integer> indexes(Class<? extends Outcome> kind) {
        return IntStream.range(0, outcomes.size())
                .filter(index -> kind.isInstance(outcomes.get(index)))
                .boxed()
                .toList();
    }
}
